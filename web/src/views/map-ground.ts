// SPDX-License-Identifier: Apache-2.0
// The world under the places: land and borders as the atlas has them (Natural Earth, 1 : 50 million), no finer than the screen shows.
import { geoNaturalEarth1, geoPath, type GeoProjection } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';

export interface Atlas { land: GeoJSON.FeatureCollection | GeoJSON.Feature; borders: GeoJSON.MultiLineString }

let atlas: Promise<Atlas> | null = null;

/** Asked for once; another try after a failure. */
export function loadAtlas(): Promise<Atlas> {
    atlas ??= fetch('/atlas.json', { credentials: 'same-origin' }).then(async (response) => {
        if (!response.ok) throw new Error(`The atlas does not come: the server answered ${response.status}.`);
        const world = await response.json() as Topology<{ countries: GeometryCollection; land: GeometryObject }>;
        return { land: feature(world, world.objects.land), borders: mesh(world, world.objects.countries, (a, b) => a !== b) };
    }).catch((error: unknown) => {
        atlas = null;
        throw error;
    });
    return atlas;
}

/** The inhabited world, so that no room goes to the ice. */
const SETTLED: GeoJSON.MultiPoint = { type: 'MultiPoint', coordinates: [[-172, 10], [179.9, 10], [-90, 80], [90, 80], [-68, -56], [170, -50]] };

/** The world in a frame; where that is upright, as high as it, so that it can be panned. */
export function projectionFor(width: number, height: number): GeoProjection {
    const projection = geoNaturalEarth1().fitExtent([[4, 6], [width - 4, height - 6]], SETTLED);
    if (width >= height * 1.5) return projection;
    const [, y0] = projection([0, 80])!;
    const [, y1] = projection([0, -56])!;
    const middle = projection.invert!([width / 2, (y0 + y1) / 2])!;
    projection.scale(projection.scale() * Math.min(1.9, (height - 12) / Math.max(1, y1 - y0)));
    const [x, y] = projection(middle)!;
    const [tx, ty] = projection.translate();
    return projection.translate([tx + width / 2 - x, ty + height / 2 - y]);
}

export type Extent = [[left: number, top: number], [right: number, bottom: number]];

/** Outlines for a zoom, of a part of the world where one is given: points that would lie less than half a pixel from the last one are left out. */
export function outlines({ land, borders }: Atlas, world: GeoProjection, zoom: number, part: Extent | null): { sea: string; land: string; borders: string } {
    const projection = geoNaturalEarth1().scale(world.scale()).translate(world.translate()).clipExtent(part);
    const near = 0.5 / zoom;
    const digits = zoom > 6 ? 3 : 2;
    const thin = {
        stream(sink: { point(x: number, y: number): void; lineStart(): void; lineEnd(): void; polygonStart(): void; polygonEnd(): void; sphere?(): void }) {
            let lastX = NaN;
            let lastY = NaN;
            let keptX = NaN;
            let keptY = NaN;
            const inner = projection.stream({
                point(x: number, y: number) {
                    lastX = x;
                    lastY = y;
                    if (Math.abs(x - keptX) < near && Math.abs(y - keptY) < near) return;
                    keptX = x;
                    keptY = y;
                    sink.point(x, y);
                },
                lineStart() { keptX = keptY = NaN; sink.lineStart(); },
                lineEnd() { if (lastX !== keptX || lastY !== keptY) sink.point(lastX, lastY); sink.lineEnd(); },
                polygonStart() { sink.polygonStart(); },
                polygonEnd() { sink.polygonEnd(); },
            });
            return inner;
        },
    };
    const path = geoPath(thin as never).digits(digits);
    return { sea: geoPath(world).digits(1)({ type: 'Sphere' }) ?? '', land: path(land) ?? '', borders: path(borders) ?? '' };
}
