#ifndef DRYDOCK_CRE2_H
#define DRYDOCK_CRE2_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled RE2 pattern. Patterns and texts are bytes (Latin-1), as in Envoy 1.40.
typedef struct cre2_pattern cre2_pattern;

/// Compiles; never NULL. Ask cre2_ok before use.
cre2_pattern *_Nonnull cre2_new(const char *_Nonnull pattern, size_t length);
void cre2_free(cre2_pattern *_Nullable pattern);
bool cre2_ok(const cre2_pattern *_Nonnull pattern);
/// Why it did not compile; lives as long as the pattern.
const char *_Nonnull cre2_error(const cre2_pattern *_Nonnull pattern);
int cre2_program_size(const cre2_pattern *_Nonnull pattern);
int cre2_group_count(const cre2_pattern *_Nonnull pattern);
/// Whether the whole text matches.
bool cre2_full_match(const cre2_pattern *_Nonnull pattern, const char *_Nullable text, size_t length);
/// Whether any part of the text matches.
bool cre2_search(const cre2_pattern *_Nonnull pattern, const char *_Nullable text, size_t length);
/// Whether the rewrite names only groups that the pattern has.
bool cre2_rewrite_ok(const cre2_pattern *_Nonnull pattern, const char *_Nonnull rewrite, size_t length);
/// Replaces every match by the rewrite (\\0 to \\9 stand for groups). Returns a malloc'ed buffer of *out_length bytes.
char *_Nullable cre2_replace_all(
    const cre2_pattern *_Nonnull pattern, const char *_Nullable text, size_t length, const char *_Nonnull rewrite,
    size_t rewrite_length, size_t *_Nonnull out_length);
/// Frees what cre2_replace_all returned.
void cre2_release(char *_Nullable buffer);

#ifdef __cplusplus
}
#endif
#endif
