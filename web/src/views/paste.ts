// SPDX-License-Identifier: Apache-2.0
// A text of anybody's, coded as it is typed or pasted, and not kept: so it is the one thing that has no place in the address.
import './paste.css';
import type { Coded } from '../api';
import { count, days } from '../format';
import { LAYERS, Story, ofText } from '../story';
import { Slot, h, type Child } from '../ui';
import type { View } from '../views';

const PAUSE = 180; // milliseconds without a key until the text is read
const MOST = 1_000_000; // characters that the server takes

// Ours, of nobody's paper: one of each thing that the box can show.
const EXAMPLE = `OSLO, March 12 (Reuters) - Norway on Monday accused Iceland of letting trawlers fish in its waters at night. Iceland denied the allegations.

The Icelandic foreign minister arrived in Oslo on Tuesday for talks with her Norwegian counterpart. A spokesman for the Danish government called for dialogue.

The European Union will impose sanctions on Iceland next week, officials in Brussels told Reuters. Norway suspended a treaty on cod in late February.

In Reykjavik, some 2,000 people protested against the inspections, and police arrested four of them, state radio said.`;

export const paste: View = {
    name: 'paste', title: 'Try a text', nav: true, filters: false,
    mount(root, ctx) {
        const text = h('textarea', { class: 'field paste-text', id: 'paste-text', rows: 7, maxlength: MOST, spellcheck: 'false', placeholder: 'Paste a news story, or its HTML …', 'aria-describedby': 'paste-note' });
        const published = h('input', { class: 'field', type: 'date', id: 'paste-day' });
        const slot = new Slot(h('div', { class: 'paste-result' }));
        const state = h('p', { class: 'paste-state muted', role: 'status' });
        const chosen = new Map<number, string | null>(); // by story
        let timer: ReturnType<typeof setTimeout> | undefined;

        const show = (coded: Coded, took: number): void => {
            const n = coded.stories.reduce((sum, x) => sum + x.events.length, 0);
            state.textContent = `${count(n, 'event')}${coded.stories.length > 1 ? ` in ${coded.stories.length} stories` : ''}, read in ${Math.max(1, Math.round(took))} ms`;
            const layers = new Set<string>();
            const stories: Story[] = [];
            const body = (): Child[] => coded.stories.map((x, i) => {
                const story = new Story(x.text, x.title, x.events.map(ofText), x.marks, {
                    chosen: (id) => { chosen.set(i, id); },
                    explain: (e, signal) => ctx.api.explainText({ ...input(), at: e.trigger[0], story: i }, signal),
                });
                stories.push(story);
                const again = chosen.get(i);
                if (again) story.select(again, false);
                return h('article', { class: 'paste-story' }, x.title && h('h2', {}, x.title),
                    h('p', { class: 'muted small' }, x.published ? `Dated ${days(x.published)}${x.published_basis === 'given' ? '' : `, ${x.published_basis} from the text`}` : 'No day is known: give one, and days in the text find their place.'),
                    story.element);
            });
            const parts = body();
            slot.root.replaceChildren(
                ...coded.notes.map((note) => h('p', { class: 'paste-note' }, note)),
                h('fieldset', { class: 'story-layers' }, h('legend', { class: 'hidden' }, 'Show in the text'), LAYERS.map(([layer, title]) => h('label', {},
                    h('input', { type: 'checkbox', value: layer, onchange: (event: Event) => {
                        if ((event.target as HTMLInputElement).checked) layers.add(layer);
                        else layers.delete(layer);
                        for (const story of stories) story.layers(layers);
                    } }), title))),
                ...parts as HTMLElement[]);
        };
        const input = (): { text: string; published?: string } => ({ text: text.value, ...(published.value ? { published: published.value } : {}) });
        const read = (): void => {
            clearTimeout(timer);
            if (!text.value.trim()) {
                state.textContent = '';
                slot.put(h('p', { class: 'muted' }, 'What is pasted is read by the engine on this machine and forgotten when you leave.'));
                return;
            }
            const begin = performance.now();
            void slot.load((signal) => ctx.api.code(input(), signal), (coded) => show(coded, performance.now() - begin));
        };
        const soon = (): void => {
            clearTimeout(timer);
            timer = setTimeout(read, PAUSE);
        };
        text.addEventListener('input', soon);
        text.addEventListener('paste', () => { clearTimeout(timer); timer = setTimeout(read); });
        published.addEventListener('change', read);
        root.append(h('section', { class: 'paste' },
            h('h1', {}, 'Try a text'),
            h('div', { class: 'paste-form' },
                h('label', { for: 'paste-text' }, 'The text'), text,
                h('p', { class: 'paste-row' }, h('label', { for: 'paste-day' }, 'Published on'), published,
                    h('button', { type: 'button', class: 'button', onclick: () => {
                        text.value = EXAMPLE;
                        published.value = '2024-03-13';
                        read();
                    } }, 'Show me an example'),
                    h('button', { type: 'button', class: 'quiet', onclick: () => {
                        text.value = '';
                        chosen.clear();
                        read();
                        text.focus();
                    } }, 'Clear')),
                h('p', { class: 'muted small', id: 'paste-note' }, 'Nothing of it is kept.'), state),
            slot.root));
        read();
        return () => { clearTimeout(timer); slot.stop(); };
    },
};
