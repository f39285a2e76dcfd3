// SPDX-License-Identifier: Apache-2.0
import { empty } from '../ui';
import type { View } from '../views';

export const reader: View = {
    name: 'reader', title: 'Reader', nav: false, filters: false,
    mount(root) {
        root.append(empty('Not here yet', 'This view is still being made.'));
    },
};
