#ifndef DRYDOCK_CYAML_SHIM_H
#define DRYDOCK_CYAML_SHIM_H
#include <yaml.h>
#endif
