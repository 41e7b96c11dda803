/** The bytes that Go's server looks at (net/http, sniff.go). */
const SNIFFED = 512;

interface Signature {
  readonly type: string;
  /** Characters stand for bytes; `?` where any byte will do. */
  readonly pattern: string;
}

const HTML_TAGS = [
  '<!DOCTYPE HTML', '<HTML', '<HEAD', '<SCRIPT', '<IFRAME', '<H1', '<DIV', '<FONT', '<TABLE', '<A', '<STYLE', '<TITLE', '<B', '<BODY',
  '<BR', '<P', '<!--',
];

const BEFORE_MP4: Signature[] = [
  { pattern: '%PDF-', type: 'application/pdf' },
  { pattern: '%!PS-Adobe-', type: 'application/postscript' },
  { pattern: '\xfe\xff??', type: 'text/plain; charset=utf-16be' },
  { pattern: '\xff\xfe??', type: 'text/plain; charset=utf-16le' },
  { pattern: '\xef\xbb\xbf?', type: 'text/plain; charset=utf-8' },
  { pattern: '\0\0\x01\0', type: 'image/x-icon' },
  { pattern: '\0\0\x02\0', type: 'image/x-icon' },
  { pattern: 'BM', type: 'image/bmp' },
  { pattern: 'GIF87a', type: 'image/gif' },
  { pattern: 'GIF89a', type: 'image/gif' },
  { pattern: 'RIFF????WEBPVP', type: 'image/webp' },
  { pattern: '\x89PNG\r\n\x1a\n', type: 'image/png' },
  { pattern: '\xff\xd8\xff', type: 'image/jpeg' },
  { pattern: 'FORM????AIFF', type: 'audio/aiff' },
  { pattern: 'ID3', type: 'audio/mpeg' },
  { pattern: 'OggS\0', type: 'application/ogg' },
  { pattern: 'MThd\0\0\0\x06', type: 'audio/midi' },
  { pattern: 'RIFF????AVI ', type: 'video/avi' },
  { pattern: 'RIFF????WAVE', type: 'audio/wave' },
];

const AFTER_MP4: Signature[] = [
  { pattern: '\x1a\x45\xdf\xa3', type: 'video/webm' },
  { pattern: '?'.repeat(34) + 'LP', type: 'application/vnd.ms-fontobject' },
  { pattern: '\0\x01\0\0', type: 'font/ttf' },
  { pattern: 'OTTO', type: 'font/otf' },
  { pattern: 'ttcf', type: 'font/collection' },
  { pattern: 'wOFF', type: 'font/woff' },
  { pattern: 'wOF2', type: 'font/woff2' },
  { pattern: '\x1f\x8b\x08', type: 'application/x-gzip' },
  { pattern: 'PK\x03\x04', type: 'application/zip' },
  { pattern: 'Rar!\x1a\x07\0', type: 'application/x-rar-compressed' },
  { pattern: 'Rar!\x1a\x07\x01\0', type: 'application/x-rar-compressed' },
  { pattern: '\0asm', type: 'application/wasm' },
];

/** The Content-Type that Go's HTTP server writes for a body whose handler named none: `http.DetectContentType`. */
export function detectContentType(body: Uint8Array): string {
  const data = body.subarray(0, SNIFFED);
  let start = 0;
  while (start < data.length && isSpace(data[start])) start++;
  const trimmed = data.subarray(start);
  if (HTML_TAGS.some((tag) => isTag(trimmed, tag))) return 'text/html; charset=utf-8';
  if (hasPattern(trimmed, '<?xml') && trimmed[1] === 0x3f) return 'text/xml; charset=utf-8';
  return typeOf(data, BEFORE_MP4) ?? mp4(data) ?? typeOf(data, AFTER_MP4) ?? (isBinary(trimmed) ? 'application/octet-stream' : 'text/plain; charset=utf-8');
}

function typeOf(data: Uint8Array, signatures: readonly Signature[]): string | undefined {
  return signatures.find(({ pattern }) => hasPattern(data, pattern))?.type;
}

function hasPattern(data: Uint8Array, pattern: string): boolean {
  if (data.length < pattern.length) return false;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] !== '?' && data[i] !== pattern.charCodeAt(i)) return false;
  }
  return true;
}

function isTag(data: Uint8Array, tag: string): boolean {
  if (data.length < tag.length + 1) return false;
  for (let i = 0; i < tag.length; i++) {
    if (String.fromCharCode(data[i]).toUpperCase() !== tag[i]) return false;
  }
  return data[tag.length] === 0x20 || data[tag.length] === 0x3e;
}

function mp4(data: Uint8Array): string | undefined {
  if (data.length < 12 || !hasPattern(data.subarray(4), 'ftyp')) return undefined;
  const size = new DataView(data.buffer, data.byteOffset).getUint32(0);
  if (data.length < size || size % 4 !== 0) return undefined;
  for (let brand = 8; brand < size; brand += 4) {
    if (brand !== 12 && hasPattern(data.subarray(brand), 'mp4')) return 'video/mp4';
  }
  return undefined;
}

function isBinary(data: Uint8Array): boolean {
  return data.some((c) => c <= 0x08 || c === 0x0b || (c >= 0x0e && c <= 0x1a) || (c >= 0x1c && c <= 0x1f));
}

function isSpace(c: number): boolean {
  return c === 0x09 || c === 0x0a || c === 0x0c || c === 0x0d || c === 0x20;
}
