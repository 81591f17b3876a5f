#ifndef COPENBLAS_SHIM_H
#define COPENBLAS_SHIM_H

#include <stddef.h>
#include <stdint.h>

#include <cblas.h>
#include <lapacke.h>

#endif
