/**
 * Anchored positions. A file is cut into segments: each statement of the module and of each class body
 * (and, for a class, its header); statements on one line, joined by semicolons, share a segment. A position is `segment * SEGMENT_SPAN + offset`, the offset in UTF-16
 * units from the segment's start. Segments keep their number while the text inside them is unchanged, so
 * an edit moves what follows it by changing one entry per segment, not one number per node.
 *
 * Numbers of different segments are not ordered; resolve positions (`SegmentTable.offsetOf`) before comparing
 * places of different segments.
 */
export type Pos = number

/** No segment is as long (64 Mi UTF-16 units). */
export const SEGMENT_SPAN = 2 ** 26

export function segmentOf(pos: Pos): number {
  return Math.floor(pos / SEGMENT_SPAN)
}

export function offsetInSegment(pos: Pos): number {
  return pos % SEGMENT_SPAN
}

/** Where each segment starts now, in UTF-16 units from the start of the file. */
export interface SegmentTable {
  /** The absolute UTF-16 offset of a position. */
  offsetOf(pos: Pos): number
}
