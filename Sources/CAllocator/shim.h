#ifndef GENLOSS_CALLOCATOR_H
#define GENLOSS_CALLOCATOR_H
#include <malloc.h>
#endif
