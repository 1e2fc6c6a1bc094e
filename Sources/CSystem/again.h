/* Shared by the files of this folder. */
#pragma once
#include <errno.h>

/* The value of a call, made again while signals interrupt it, with -errno for its failure. */
#define AGAIN(call)                                                                                \
    ({                                                                                             \
        int64_t again_result;                                                                      \
        do again_result = (int64_t)(call);                                                         \
        while (again_result < 0 && errno == EINTR);                                                \
        again_result < 0 ? -(int64_t)errno : again_result;                                         \
    })
#define AGAIN_INT(call) ((int)AGAIN(call))
