// SPDX-License-Identifier: Apache-2.0
import { empty } from '../ui';
import type { View } from '../views';

export const paste: View = {
    name: 'paste', title: 'Paste a text', nav: true, filters: false,
    mount(root) {
        root.append(empty('Not here yet', 'This view is still being made.'));
    },
};
