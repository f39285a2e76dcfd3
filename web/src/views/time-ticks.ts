// SPDX-License-Identifier: Apache-2.0
// Ticks of an axis of days, as many as stand beside one another, all at the same distance in time. The year is said once and where it changes.
import type { ScaleTime } from 'd3-scale';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = 86_400_000;

export interface Tick { date: Date; x: number; text: string }

function label(date: Date, before: Date | undefined, step: number): string {
    const y = date.getUTCFullYear();
    if (step > 300 * DAY) return String(y);
    const turned = !before || before.getUTCFullYear() !== y;
    const month = MONTHS[date.getUTCMonth()]!;
    if (step > 25 * DAY) return turned ? (date.getUTCMonth() === 0 ? String(y) : `${month} ${y}`) : month;
    return `${date.getUTCDate()} ${month}${turned ? ` ${y}` : ''}`;
}

/** Texts are centred on `x`, moved in so that they jut out over the range by `over` at most; `size` is that of the type, all in pixels. */
export function timeTicks(x: ScaleTime<number, number>, over = 0, size = 11.5): Tick[] {
    const [left, right] = x.range() as [number, number];
    for (let most = Math.floor((right - left) / 42); most >= 2; most--) {
        const dates = x.ticks(most).filter((date) => date.getTime() % DAY === 0);
        const step = dates.length > 1 ? dates[1]!.getTime() - dates[0]!.getTime() : 400 * DAY;
        const ticks = dates.map((date, i) => {
            const text = label(date, dates[i - 1], step);
            const half = (text.length * size * 0.62) / 2;
            return { date, text, half, x: Math.min(Math.max(x(date), left + half - over), right - half + over) };
        });
        if (ticks.every((tick, i) => i === 0 || tick.x - tick.half > ticks[i - 1]!.x + ticks[i - 1]!.half + 9)) return ticks;
    }
    const [begin] = x.domain() as [Date, Date];
    return [{ date: begin, x: left + 24, text: `${begin.getUTCDate()} ${MONTHS[begin.getUTCMonth()]} ${begin.getUTCFullYear()}` }];
}
