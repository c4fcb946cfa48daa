#ifndef DRYDOCK_RULE_EXAMPLES_H
#define DRYDOCK_RULE_EXAMPLES_H

#include <stddef.h>

/// One bad and one good example for each rule, a line of JSON each; it lives for ever.
const char *drydock_rule_examples(void);
/// Its length in bytes.
size_t drydock_rule_examples_length(void);

#endif
