// SPDX-License-Identifier: Apache-2.0
// Places that would stand on one another are drawn as one. The largest keeps its spot and its name; what lies under it is added to it.
import type { Places } from '../api';

export type Place = Places['rows'][number];

export interface Spot {
    place: Place;
    /** On the map as it is drawn at zoom 1. */
    x: number;
    y: number;
}

export interface Cluster {
    /** The largest place. */
    place: Place;
    places: Place[];
    x: number;
    y: number;
    n: number;
    quad: number[];
    r: number;
}

export const R_MIN = 3.5;
export const R_MAX = 22;

/** Radius of a circle whose area goes with the count, from mostOf() the same at any zoom. */
export function radius(n: number, most: number): number {
    return Math.min(1.4 * R_MAX, Math.max(R_MIN, R_MAX * Math.sqrt(n / most)));
}

/** `k` is the zoom: two places merge while their circles overlap by more than a little on the screen. */
export function clusters(spots: Spot[], k: number, most: number): Cluster[] {
    let list: Cluster[] = [...spots]
        .sort((a, b) => b.place.n - a.place.n || a.place.id - b.place.id)
        .map(({ place, x, y }) => ({ place, places: [place], x, y, n: place.n, quad: [...place.quad], r: radius(place.n, most) }));
    // Merging makes circles grow, which may bring new ones together; it settles within a few rounds.
    for (let round = 0; round < 6; round++) {
        const before = list.length;
        list = merge(list, k, most);
        if (list.length === before) break;
        list.sort((a, b) => b.n - a.n || a.place.id - b.place.id);
    }
    return list;
}

function merge(list: Cluster[], k: number, most: number): Cluster[] {
    const cell = (2.8 * R_MAX) / k;
    const grid = new Map<string, Cluster[]>();
    const kept: Cluster[] = [];
    for (const one of list) {
        const cx = Math.floor(one.x / cell);
        const cy = Math.floor(one.y / cell);
        let best: Cluster | null = null;
        let nearest = Infinity;
        for (let dx = -1; dx <= 1; dx++) {
            for (let dy = -1; dy <= 1; dy++) {
                for (const other of grid.get(`${cx + dx},${cy + dy}`) ?? []) {
                    const far = Math.hypot(other.x - one.x, other.y - one.y) * k;
                    if (far < (other.r + one.r) * 0.85 && far < nearest) [best, nearest] = [other, far];
                }
            }
        }
        if (best) {
            best.places.push(...one.places);
            best.n += one.n;
            one.quad.forEach((n, i) => (best!.quad[i]! += n));
            best.r = radius(best.n, most);
            continue;
        }
        kept.push(one);
        const key = `${cx},${cy}`;
        const there = grid.get(key);
        if (there) there.push(one);
        else grid.set(key, [one]);
    }
    return kept;
}

/** The count that a circle of R_MAX has. Where it is all about a few, a few do not make large circles. */
export function mostOf(spots: readonly Spot[]): number {
    return Math.max(30, 1.5 * Math.max(0, ...spots.map((spot) => spot.place.n)));
}
