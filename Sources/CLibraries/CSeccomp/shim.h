#pragma once
#include <seccomp.h>
#include <stdlib.h> /* free(), for the names that it hands out */
