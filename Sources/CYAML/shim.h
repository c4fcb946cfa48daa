#ifndef DRYDOCK_CYAML_SHIM_H
#define DRYDOCK_CYAML_SHIM_H
// Every shim asks for the same feature set, so that two of them can be imported by one file.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <yaml.h>
#endif
