// SPDX-License-Identifier: Apache-2.0
import { empty } from '../ui';
import type { View } from '../views';

export const timeline: View = {
    name: 'timeline', title: 'Timeline', nav: true, filters: true,
    mount(root) {
        root.append(empty('Not here yet', 'This view is still being made.'));
    },
};
