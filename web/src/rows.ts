// SPDX-License-Identifier: Apache-2.0
// Events and incidents in words: who did what to whom, what the source says, how sure it is.
import type { ActorRef, Evidence, EventRow, IncidentRow, Status, Voice } from './api';
import { Bytes } from './bytes';
import { quadColour } from './chart';
import { count, days, quadName, word } from './format';
import { h } from './ui';
import type { Ctx } from './views';

type Links = Pick<Ctx, 'href'>;

/** An actor's name, with a link to the actor's page where it is known who it is. */
export function actorName(ctx: Links, actor: ActorRef): HTMLElement {
    const key = actor.id;
    const title = [actor.role, actor.country].filter(Boolean).join(' · ');
    return key ? h('a', { class: 'actor', href: ctx.href({ view: 'actor', key }), title }, actor.name) : h('span', { class: 'actor', title }, actor.name);
}

export function actorList(ctx: Links, actors: readonly ActorRef[], none = '—'): HTMLElement {
    if (actors.length === 0) return h('span', { class: 'actor-none' }, none);
    return h('span', { class: 'actors' }, actors.map((a, i) => [i > 0 && (i === actors.length - 1 ? ' and ' : ', '), actorName(ctx, a)]));
}

/** A type with the colour of its class. */
export function typeMark(type: string, quad: number, mode: readonly string[] = []): HTMLElement {
    return h('span', { class: 'type-mark', title: quadName(quad) }, h('span', { class: 'swatch', style: { background: quadColour(quad) }, 'aria-hidden': 'true' }),
        word(type), mode.length > 0 && h('span', { class: 'type-mode' }, ` ${mode.join(', ')}`));
}

export const statusTag = (status: Status): HTMLElement => h('span', { class: `tag tag-${status}` }, status);
export const contestedTag = (): HTMLElement => h('span', { class: 'tag tag-contested', title: 'Somebody denies it' }, 'contested');

/** The sentence, with the word that speaks of the act marked. */
export function evidence(of: Evidence): HTMLElement {
    const bytes = new Bytes(of.text);
    const [begin, end] = [bytes.index(of.trigger[0]), bytes.index(of.trigger[1])];
    return h('q', { class: 'evidence' }, of.text.slice(0, begin), end > begin && h('b', {}, of.text.slice(begin, end)), of.text.slice(end));
}

/** "Iran → Ukraine", without links: what a row is opened by. */
export const pair = (row: Pick<IncidentRow | EventRow, 'source' | 'target'>): HTMLElement => {
    const side = (actors: readonly ActorRef[]): string => actors.map((a) => a.name).join(', ');
    return h('span', { class: 'pair' }, h('span', {}, side(row.source) || 'Somebody'),
        row.target.length > 0 && [h('span', { class: 'pair-arrow', 'aria-label': 'to' }, ' → '), h('span', {}, side(row.target))]);
};

/** A voice with what it does and how often. */
export function voiceItem(ctx: Links, voice: Voice): HTMLElement {
    const name = voice.id ? h('a', { href: ctx.href({ view: 'actor', key: voice.id }) }, voice.name) : voice.name;
    return h('li', { class: 'voice' }, h('span', { class: 'voice-name' }, name, voice.kind === 'source' && h('span', { class: 'muted small' }, ' (outlet)')),
        (voice.stance === 'admits' || voice.stance === 'doubts') && h('span', { class: 'tag' }, voice.stance),
        voice.n !== undefined && voice.n > 1 && h('span', { class: 'muted small numeric' }, `${voice.n}×`));
}

/** An incident as an item of a list; it opens the sheet (incident.ts). */
export function incidentItem(ctx: Links, row: IncidentRow): HTMLElement {
    const told = [row.n_dispatches > 1 ? count(row.n_dispatches, 'dispatch', 'dispatches') : '', row.n_voices > 1 ? count(row.n_voices, 'voice') : ''].filter(Boolean).join(', ');
    return h('li', { class: 'item' },
        h('div', { class: `item-date numeric${row.date ? '' : ' muted'}` }, days(row.date)),
        h('div', { class: 'item-main' },
            h('p', { class: 'item-head' }, h('a', { class: 'item-open', href: ctx.href({ incident: row.id }), 'data-row': `incident-${row.id}` }, pair(row)),
                typeMark(row.type, row.quad, row.mode)),
            h('p', { class: 'item-text' }, evidence(row.evidence))),
        h('div', { class: 'item-side' },
            h('p', { class: 'item-tags' }, row.status !== 'reported' && statusTag(row.status), row.contested && row.status !== 'denied' && row.status !== 'disputed' && contestedTag()),
            row.first.publisher && h('p', {}, row.first.publisher), told && h('p', { class: 'item-told' }, told)));
}
