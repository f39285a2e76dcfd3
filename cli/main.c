/* SPDX-License-Identifier: Apache-2.0 */
#include "chancery.h"

#include <stdio.h>

int main(void)
{
    chy_data *data;
    chy_error err;
    if (chy_data_open(NULL, &data, &err) != CHY_OK) {
        fprintf(stderr, "chancery: %s\n", err.message);
        return 1;
    }
    printf("chancery %s (data %s)\n", CHY_VERSION, chy_data_hash(data));
    chy_data_close(data);
    return 0;
}
