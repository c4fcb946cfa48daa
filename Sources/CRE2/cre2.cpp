#include "cre2.h"

#include <re2/re2.h>

#include <cstdlib>
#include <cstring>
#include <string>

struct cre2_pattern {
  re2::RE2 re;
  cre2_pattern(re2::StringPiece text, const re2::RE2::Options &options) : re(text, options) {}
};

extern "C" {

cre2_pattern *cre2_new(const char *pattern, size_t length) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  // Envoy: RE-2, one byte is one character since 1.40.
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  return new cre2_pattern(re2::StringPiece(pattern, length), options);
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }

bool cre2_ok(const cre2_pattern *pattern) { return pattern->re.ok(); }

const char *cre2_error(const cre2_pattern *pattern) { return pattern->re.error().c_str(); }

int cre2_program_size(const cre2_pattern *pattern) { return pattern->re.ProgramSize(); }

int cre2_group_count(const cre2_pattern *pattern) { return pattern->re.NumberOfCapturingGroups(); }

bool cre2_full_match(const cre2_pattern *pattern, const char *text, size_t length) {
  return pattern->re.Match(re2::StringPiece(text, length), 0, length, re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

bool cre2_search(const cre2_pattern *pattern, const char *text, size_t length) {
  return pattern->re.Match(re2::StringPiece(text, length), 0, length, re2::RE2::UNANCHORED, nullptr, 0);
}

bool cre2_rewrite_ok(const cre2_pattern *pattern, const char *rewrite, size_t length) {
  std::string error;
  return pattern->re.CheckRewriteString(re2::StringPiece(rewrite, length), &error);
}

char *cre2_replace_all(
    const cre2_pattern *pattern, const char *text, size_t length, const char *rewrite, size_t rewrite_length,
    size_t *out_length) {
  std::string result(text ? text : "", length);
  re2::RE2::GlobalReplace(&result, pattern->re, re2::StringPiece(rewrite, rewrite_length));
  char *buffer = static_cast<char *>(malloc(result.size() + 1));
  if (!buffer) return nullptr;
  memcpy(buffer, result.data(), result.size());
  buffer[result.size()] = 0;
  *out_length = result.size();
  return buffer;
}

void cre2_release(char *buffer) { free(buffer); }
}
