// SPDX-License-Identifier: Apache-2.0
// The stretch of time that a chart shows. A record tells of days that lie centuries before the rest, or years ahead; drawn to scale they would
// press all else into a line, so a chart begins with the stretch that holds nearly everything and says what it leaves out.
import type { Day, Period } from '../api';
import { after, toDate } from '../format';

export interface Stretch {
    /** First day, and the day after the last. */
    readonly begin: Day;
    readonly end: Day;
    /** Counts of what lies outside. */
    readonly before: number;
    readonly behind: number;
}
export interface Counted { readonly begin: Day; readonly n: number }

const DAY = 86_400_000;
const SPARE = 0.05; // share that may be left out
const FEW = 8; // where it is little, one of so many
const WORTH = 0.4; // of the whole length, that leaving out must come down to

const lengthOf = (begin: Day, end: Day): number => (toDate(end).getTime() - toDate(begin).getTime()) / DAY;

/** `periods` in their order; null where there are none. */
export function stretchOf(periods: readonly Counted[], by: Period): Stretch | null {
    const first = periods[0];
    const last = periods[periods.length - 1];
    if (!first || !last) return null;
    const whole: Stretch = { begin: first.begin, end: after(last.begin, by), before: 0, behind: 0 };
    const total = periods.reduce((sum, p) => sum + p.n, 0);
    const need = total - Math.max(Math.floor(total * SPARE), Math.min(3, Math.floor(total / FEW)));
    let best: [number, number] | null = null;
    let shortest = Infinity;
    for (let i = 0, j = 0, held = 0; i < periods.length; held -= periods[i]!.n, i++) {
        while (j < periods.length && held < need) held += periods[j++]!.n;
        if (held < need) break;
        const length = lengthOf(periods[i]!.begin, after(periods[j - 1]!.begin, by));
        if (length < shortest) [best, shortest] = [[i, j], length];
    }
    if (!best || shortest > WORTH * lengthOf(whole.begin, whole.end)) return whole;
    const [i, j] = best;
    const sum = (list: readonly Counted[]): number => list.reduce((n, p) => n + p.n, 0);
    return { begin: periods[i]!.begin, end: after(periods[j - 1]!.begin, by), before: sum(periods.slice(0, i)), behind: sum(periods.slice(j)) };
}

/** The finest period of which not more than `most` go into a stretch: what the server takes for `auto`. */
export function periodFor(begin: Day, end: Day, most = 200): Period {
    const days = lengthOf(begin, end);
    return days <= most ? 'day' : days <= most * 7 ? 'week' : days <= most * 30.4 ? 'month' : days <= most * 91.3 ? 'quarter' : 'year';
}

/** A value of `from:` or `to:` as a day; null where it is none. "2022", "2022-10" and "2022-10-26" are known. */
export function dayOf(value: string | null, end: boolean): Day | null {
    const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value ?? '');
    if (!parts) return null;
    const [, y, m, d] = parts;
    const day = d ? `${y}-${m}-${d}` : m ? `${y}-${m}-01` : `${y}-${end ? '12-31' : '01-01'}`;
    const date = toDate(day);
    if (Number.isNaN(date.getTime())) return null;
    if (end && m && !d) return lastDay(date);
    return day;
}

function lastDay(month: Date): Day {
    return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

export function dayBefore(day: Day): Day {
    return new Date(toDate(day).getTime() - DAY).toISOString().slice(0, 10);
}
