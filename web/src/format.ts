// SPDX-License-Identifier: Apache-2.0
// Numbers, days and names as people read them. English, whatever the browser speaks, as the rest of the page is.
import type { ActorRef, Day, Interval, Period } from './api';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const grouped = new Intl.NumberFormat('en-GB');

/** 12,345 */
export const number = (n: number): string => grouped.format(n);
/** "1 incident", "12,345 incidents" */
export const count = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;
/** −1.5: one decimal, a true minus */
export const signed = (n: number): string => (n >= 0.05 ? '+' : n <= -0.05 ? '−' : '') + Math.abs(n).toFixed(1);
export const percent = (share: number): string => `${share > 0 && share < 0.01 ? '<1' : Math.round(share * 100)} %`;

/** 26 Oct 2022 */
export function day(d: Day): string {
    const [y, m, n] = d.split('-');
    return `${Number(n)} ${MONTHS[Number(m) - 1] ?? m} ${Number(y)}`;
}

/** A span of days, as short as it can be: "26 Oct 2022", "3–5 Oct 2022", "Oct 2022", "2022", "28 Sep – 2 Oct 2022". */
export function days(span: Interval | null): string {
    if (!span) return 'no date';
    const { begin, end } = span;
    if (begin === end) return day(begin);
    const [by, bm, bd] = begin.split('-').map(Number) as [number, number, number];
    const [ey, em, ed] = end.split('-').map(Number) as [number, number, number];
    const whole = bd === 1 && ed === new Date(Date.UTC(ey, em, 0)).getUTCDate();
    if (whole && by === ey && bm === em) return `${MONTHS[bm - 1]} ${by}`;
    if (whole && bm === 1 && em === 12) return by === ey ? String(by) : `${by}–${ey}`;
    if (whole) return by === ey ? `${MONTHS[bm - 1]}–${MONTHS[em - 1]} ${ey}` : `${MONTHS[bm - 1]} ${by} – ${MONTHS[em - 1]} ${ey}`;
    if (by === ey && bm === em) return `${bd}–${ed} ${MONTHS[bm - 1]} ${by}`;
    if (by === ey) return `${bd} ${MONTHS[bm - 1]} – ${day(end)}`;
    return `${day(begin)} – ${day(end)}`;
}

/** The name of the period that begins on a day: "Oct 2022", "Q4 2022", "2022", "week of 24 Oct 2022". */
export function period(begin: Day, by: Period): string {
    const [y, m] = begin.split('-').map(Number) as [number, number];
    switch (by) {
    case 'year': return String(y);
    case 'quarter': return `Q${Math.floor((m - 1) / 3) + 1} ${y}`;
    case 'month': return `${MONTHS[m - 1]} ${y}`;
    case 'week': return `week of ${day(begin)}`;
    default: return day(begin);
    }
}

export const toDate = (d: Day): Date => new Date(`${d}T00:00:00Z`);
export const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** The day after the last one of the period. */
export function after(begin: Day, by: Period): Day {
    const date = toDate(begin);
    switch (by) {
    case 'year': date.setUTCFullYear(date.getUTCFullYear() + 1); break;
    case 'quarter': date.setUTCMonth(date.getUTCMonth() + 3); break;
    case 'month': date.setUTCMonth(date.getUTCMonth() + 1); break;
    case 'week': date.setUTCDate(date.getUTCDate() + 7); break;
    default: date.setUTCDate(date.getUTCDate() + 1);
    }
    return toDay(date);
}

/** The last day of the period. */
export function lastOf(begin: Day, by: Period): Day {
    const date = toDate(after(begin, by));
    date.setUTCDate(date.getUTCDate() - 1);
    return toDay(date);
}

/** Quad classes by number; 0 has no PLOVER type. */
export const QUADS = ['No class', 'Verbal cooperation', 'Material cooperation', 'Verbal conflict', 'Material conflict'] as const;
export const quadName = (quad: number): string => QUADS[quad] ?? QUADS[0];

/** DEMAND to "Demand". */
export const word = (code: string): string => code.charAt(0) + code.slice(1).toLowerCase();

export const names = (actors: readonly ActorRef[]): string => actors.map((a) => a.name).join(', ');
