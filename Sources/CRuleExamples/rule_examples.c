#include "rule_examples.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char examples[] = {
#embed "../../fixtures/rules/examples.ndjson" suffix(,)
    0};

const char *drydock_rule_examples(void) { return examples; }

size_t drydock_rule_examples_length(void) { return sizeof examples - 1; }
