/* SPDX-License-Identifier: Apache-2.0
 *
 * kernel.c - the command with a kernel of its syntax stage fixed at link time, to time what other machines run.
 * KERNEL: 0 portable, 1 AVX2 (syntax/model.h). Linked with --wrap=chy_syn_kernel_best; no part of what is installed.
 */
#include "syntax/model.h"

#include <stdio.h>
#include <stdlib.h>

const chy_syn_kernel *__wrap_chy_syn_kernel_best(void);

const chy_syn_kernel *__wrap_chy_syn_kernel_best(void)
{
    const chy_syn_kernel *k = chy_syn_kernel_at(KERNEL);
    if (!k) {
        fputs("this machine has not that kernel\n", stderr);
        exit(77);
    }
    return k;
}
