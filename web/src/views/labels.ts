// SPDX-License-Identifier: Apache-2.0
// Names beside round marks: those of the weightiest first, each where it meets neither a mark nor a name that stands already.

export interface Mark { readonly id: string | number; readonly name: string; readonly n: number; readonly x: number; readonly y: number; readonly r: number }
export interface Label<M extends Mark> { mark: M; text: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' }

const SIZE = 12; // of the type, in pixels
const LONGEST = 28; // letters
type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Marks whose name finds no room have no label, but for those of `large`, which are set in bold: with `over` their name may lie over marks. */
export function placeLabels<M extends Mark>(marks: readonly M[], width: number, height: number, large: (mark: M) => boolean, over = false): Label<M>[] {
    const labels: Label<M>[] = [];
    const named: Box[] = [];
    const round: Box[] = marks.map((m) => [m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r]);
    for (const mark of [...marks].sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))) {
        if (mark.x < 0 || mark.y < 0 || mark.x > width || mark.y > height) continue;
        const text = mark.name.length > LONGEST ? `${mark.name.slice(0, LONGEST - 1)}…` : mark.name;
        const long = text.length * SIZE * (large(mark) ? 0.68 : 0.58);
        const gap = mark.r + 4;
        const sides: [number, number, Label<M>['anchor']][] = [
            [mark.x + gap, mark.y + SIZE * 0.35, 'start'],
            [mark.x - gap, mark.y + SIZE * 0.35, 'end'],
            [mark.x, mark.y + mark.r + SIZE, 'middle'],
            [mark.x, mark.y - mark.r - SIZE * 0.35, 'middle'],
        ];
        if (over && large(mark)) sides.push([mark.x, mark.y + SIZE * 0.35, 'middle']);
        for (const [i, [x, y, anchor]] of sides.entries()) {
            const left = anchor === 'start' ? x : anchor === 'end' ? x - long : x - long / 2;
            const box: Box = [left, y - SIZE * 0.85, left + long, y + SIZE * 0.25];
            if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2) continue;
            const meets = (o: Box): boolean => o[0] < box[2] && o[2] > box[0] && o[1] < box[3] && o[3] > box[1];
            if (named.some(meets) || (i < 4 && round.some(meets))) continue;
            named.push(box);
            labels.push({ mark, text, x, y, anchor });
            break;
        }
    }
    return labels;
}
