/*
 * Two small pictures for the demo, drawn here so that no file of anybody's is needed: a cat has pointed ears, a dog's hang down.
 */
import { crc32, deflateSync } from 'zlib';

const SIZE = 64;

type Color = readonly [red: number, green: number, blue: number];
type Area = (x: number, y: number) => boolean;

const circle = (cx: number, cy: number, r: number): Area => (x, y) => (x - cx) ** 2 + (y - cy) ** 2 <= r ** 2;
const ellipse = (cx: number, cy: number, rx: number, ry: number): Area => (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
/** A triangle that stands on its base: its tip, and how far it goes out and down from there. */
const ear = (tipX: number, tipY: number, width: number, height: number): Area => (x, y) =>
  y >= tipY && y <= tipY + height && Math.abs(x - tipX) <= (width / 2) * ((y - tipY) / height);

/** A PNG of areas painted one over the other. */
function paint(background: Color, ...areas: readonly (readonly [Area, Color])[]): Buffer {
  const rows = Array.from({ length: SIZE }, (_, y) => Buffer.from([0, ...Array.from({ length: SIZE }, (__, x) =>
    areas.reduce<Color>((color, [area, paintColor]) => area(x, y) ? paintColor : color, background)).flat()]));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a color, red green blue
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const WALL: Color = [226, 240, 246];
const DARK: Color = [40, 34, 30];
const GREY: Color = [140, 140, 150];
const PINK: Color = [230, 150, 160];
const BROWN: Color = [176, 120, 70];
const DARK_BROWN: Color = [110, 70, 40];

/** A cat, as a PNG. */
export const CAT = paint(WALL,
  [ear(19, 8, 20, 24), GREY], [ear(45, 8, 20, 24), GREY], [circle(32, 38, 21), GREY],
  [ellipse(24, 34, 4, 5), [120, 190, 90]], [ellipse(40, 34, 4, 5), [120, 190, 90]], [ellipse(24, 34, 1.3, 5), DARK], [ellipse(40, 34, 1.3, 5), DARK],
  [circle(32, 44, 2.5), PINK]);

/** A dog, as a PNG. */
export const DOG = paint(WALL,
  [circle(32, 34, 19), BROWN], [ellipse(12, 34, 6, 17), DARK_BROWN], [ellipse(52, 34, 6, 17), DARK_BROWN],
  [ellipse(32, 46, 11, 9), [214, 170, 120]], [circle(25, 30, 3), DARK], [circle(39, 30, 3), DARK], [ellipse(32, 42, 5, 3.5), DARK],
  [ellipse(32, 54, 3, 4), PINK]);
