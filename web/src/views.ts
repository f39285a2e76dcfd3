// SPDX-License-Identifier: Apache-2.0
// The views, in the order of the navigation, and what a view is.
//
// A view is one module src/views/NAME.ts (and NAME.css beside it, which it imports) that exports a `View`:
//
//     import './relation.css';
//     import { h, Slot } from '../ui';
//     import type { View } from '../views';
//     export const relation: View = {
//         name: 'relation', title: 'Relation', filters: true,
//         mount(root, ctx) {
//             const slot = new Slot(root);
//             const draw = () => slot.load((signal) => ctx.api.relation({ a: ctx.state.p.a ?? '', b: …, q: ctx.state.q }, signal),
//                 (answer) => h('p', {}, answer.total));
//             ctx.subscribe(draw);
//             draw();
//         },
//     };
//
// mount() is called with an empty <div> when the view is gone to, and is not called again while the state changes within the view: the view
// subscribes. All it knows of what to show it takes from ctx.state, and all that a person does goes through ctx.setState or a link made by
// ctx.href, so that every state has an address. When the view is left, ctx.signal is aborted and the function that mount() returned, if any, called.
//
// - ctx.state.q is the filter. Views with `filters` have the bar and the facets around them; they need do nothing about it but to ask with q,
//   and may write terms into it with ctx.toggle('actor', 'IRN') or ctx.setTerms({from: '2022-10', to: null}).
// - ctx.state.p are the view's own parameters, strings, as they stand in the address: check them, a person may have typed them. A state
//   that makes no sense is an error state that says what would (ui.ts: problem()).
// - Text of news goes into the page by h() or textContent only. No innerHTML, no style attribute (h's `style` sets properties one by one).
// - ui.ts has elements, tables, states (Slot, empty, problem), dialogs; chart.ts what charts share; format.ts numbers, days, names; bytes.ts
//   byte offsets. Colours and measures are custom properties: see base.css.
// - Class names begin with the view's name: `.relation-axis`.
// - A test is one file tests/web/NAME.mjs (tests/web/run.mjs says how).
import type { About, Api, Values } from './api';
import type { Patch, State } from './state';
import { actor } from './views/actor';
import { contested } from './views/contested';
import { map } from './views/map';
import { network } from './views/network';
import { paste } from './views/paste';
import { reader } from './views/reader';
import { relation } from './views/relation';
import { search } from './views/search';
import { timeline } from './views/timeline';

export interface Ctx {
    /** Now; changes with time. */
    readonly state: State;
    readonly api: Api;
    /** Aborted when the view is left. */
    readonly signal: AbortSignal;
    readonly about: About;
    /** Codes, their meanings, names of countries. Rejects never: empty lists where the server does not say. */
    readonly values: Promise<Values>;
    setState(patch: Patch, how?: 'push' | 'replace'): void;
    /** The address of the state that the patch would lead to, for `href`; clicks on such links do not load the page anew. */
    href(patch: Patch): string;
    /** Calls back after every change of the state while the view is mounted. */
    subscribe(listener: (state: State, before: State) => void): void;
    /** Puts `field:value` into the filter, or takes it out where it is there. */
    toggle(field: string, value: string): void;
    /** Sets terms of the filter: each field to its one value, null to none. */
    setTerms(terms: Readonly<Record<string, string | null>>): void;
    /** What the title of the window begins with, where it is more than the view's. */
    setTitle(text: string): void;
    /** Says it to those who listen (a live region). */
    announce(text: string): void;
}

export interface View {
    readonly name: string;
    readonly title: string;
    /** In the navigation; the others are reached by links. */
    readonly nav?: boolean;
    /** Has the filter bar and the facets. */
    readonly filters?: boolean;
    mount(root: HTMLElement, ctx: Ctx): (() => void) | void;
}

export const views: readonly View[] = [timeline, relation, network, map, contested, search, paste, reader, actor];
