#ifndef COPENBLAS_SHIM_H
#define COPENBLAS_SHIM_H

#include <stddef.h>
#include <stdint.h>

#include <cblas.h>
#include <lapacke.h>

// A step of dsytrd, which LAPACK's headers do not declare; the last argument is the length of `uplo`.
void dlatrd_(const char *uplo, const int32_t *n, const int32_t *nb, double *a, const int32_t *lda,
             double *e, double *tau, double *w, const int32_t *ldw, size_t uplo_length);

#endif
