// SPDX-License-Identifier: Apache-2.0
import { empty } from '../ui';
import type { View } from '../views';

export const actor: View = {
    name: 'actor', title: 'Actor', nav: false, filters: false,
    mount(root) {
        root.append(empty('Not here yet', 'This view is still being made.'));
    },
};
