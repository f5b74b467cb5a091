/**
 * What is said of an object in a frame where nothing tells that memory is short, for a size that only data decides. Two things have to be in the text: that
 * it is large by what it is, and that memory is needed while it is held. Of what readers were shown by default elsewhere they turned down four in five: most
 * files are small, what is computed from an argument of which nothing is known is, too, and while calls merely run nobody misses the memory (ARCHITECTURE.md, "What is worth saying").
 */
import type { ValueKind } from '../models/model.ts'
import type { DragReport } from '../values/drag.ts'
import { POINTS, pointsOnce, type DragItem } from '../values/weights.ts'
import type { Value } from '../values/value.ts'
import { CONTAINERS, hasBulkPart } from './bulk-kinds.ts'
import { readersOf } from './documents.ts'
import type { HeldKind } from './held.ts'
import { namesRows } from './telling-names.ts'

/** A held object whose size is not known. */
export interface Uncared {
  readonly heldKind: HeldKind
  readonly value: Value
  readonly kind: ValueKind | null
  readonly name: string
  readonly drag: Pick<DragReport, 'points'> & Partial<Pick<DragReport, 'items' | 'endsByRebinding'>>
  /** There is another one in each round of a loop. */
  readonly isOfLoop: boolean
  /** It has a row for each group of rows only (`values/groups.ts`). */
  readonly isOfGroups: boolean
  /** It stays for as long as a person works in a notebook. */
  readonly isOfSession: boolean
  /** `Class.method`. */
  readonly scope: string
}

/** Enough to be said by default. */
export function isWorthwhile(object: Uncared): boolean {
  return !FOR_ONE.test(object.scope) && isLargeByNature(object) && (object.isOfSession || isMemoryNeeded(object))
}

/**
 * Whether what has this value may be worthwhile, alone or as one of several values that a name has, whatever happens while it is held. Asked before that is
 * worked out: in most functions nothing may be.
 */
export function mayBeWorthwhile(value: Value, kind: ValueKind | null, name: string): boolean {
  return kind === 'table' || namesRows(name) || isFromOutside(value) || (value.element !== null && [value.element, ...value.element.items ?? []].some(isFromOutside))
}

function isFromOutside({ size }: Value): boolean {
  return size.origin === 'outside' || size.readers !== undefined || size.gathered !== undefined
}

/** What a data set gives for an index, or a transform makes of what it is given, is one of many. */
const FOR_ONE = /\.__(getitem|call)__$/

/** Models, weights, tables for training, what is read from formats for large data, frames that are read, rows that are called so; no single arrays or lists in the rounds of a loop, which are one of many. */
function isLargeByNature(object: Uncared): boolean {
  const { value, kind, name, drag } = object
  const { origin, gathered, readers } = value.size
  switch (kind) {
    case 'model': return origin === 'outside'
    case 'frame': return !object.isOfGroups && (origin === 'outside' || readers !== undefined)
    case 'table': return isBulkRead(value) || (FOR_LEARNING.test(value.type ?? '') && drag.points >= (value.guessed ? MUCH : SOME))
  }
  if (isOneOfMany(object)) return false
  if (kind !== null && CONTAINERS.has(kind)) return namesRows(name) || hasBulkPart(value, isBulkRead)
  return gathered === undefined ? isBulkRead(value) || (origin === 'outside' && namesRows(name)) : namesRows(name) || namesRows(gathered)
}

function isOneOfMany({ heldKind, kind, isOfLoop }: Uncared): boolean {
  return heldKind === 'previous-iteration-held' || (isOfLoop && kind !== null && (ITEMS.has(kind) || CONTAINERS.has(kind)))
}

/** Of a loop's rounds they are many, worked on one by one. */
const ITEMS: ReadonlySet<ValueKind> = new Set<ValueKind>(['array', 'tensor', 'image'])

/** By a library that is there for more than a program would write as text or pickle, or computed from nothing but such. */
function isBulkRead({ size, model }: Value): boolean {
  return (size.origin === 'outside' || size.readers !== undefined) && readersOf({ size, model }).every(r => BULK_READERS.test(r))
}

const BULK_READERS = /(^|\s)(torch\.load|safetensors|gensim|faiss|h5py|zarr|tables|netCDF4|xarray|nibabel|anndata|scanpy|pyarrow|datasets|keras|numpy\.(load|memmap|fromfile)|\w+\.read_(parquet|feather|hdf|orc|ipc)|pandas\.io\.parsers\.TextFileReader)\b|\.from_pretrained$/

/**
 * Something else is made that is as large as what is read, or waited for, or trained; of weights, of which there is a second copy, many calls are enough. Frames
 * are mostly made of files of a few megabytes: something has to be trained or served meanwhile, unless the format is one for more, or they are read piece by piece.
 */
function isMemoryNeeded({ kind, value, drag: { items, points, endsByRebinding = false } }: Uncared): boolean {
  if (items === undefined) return true
  // Whoever loads a model waits for that; it has to matter beside it, unless the next model is made while this one is there.
  if ((isOfWeights(value) || (kind === 'model' && !endsByRebinding)) && points < ENOUGH) return false
  return isOfWeights(value) || items.some(kind === 'frame' && !isBulkRead(value) ? isLasting : item => pointsOnce(item) >= POINTS.read)
}

function isLasting(item: DragItem): boolean {
  return pointsOnce(item) >= POINTS.lasting || (item.isRepeated === true && (item.kind === 'blocking' || item.kind === 'suspension'))
}

function isOfWeights({ size, model }: Value): boolean {
  return readersOf({ size, model }).every(r => WEIGHT_READERS.test(r))
}

const WEIGHT_READERS = /^(torch\.load|safetensors\..*)$/

/** In points: less is soon over. */
const ENOUGH = 16

/** Tables with all that a model learns from, or searches in. Catalogues are small, and data sets of texts are mapped from files. */
const FOR_LEARNING = /^(lightgbm|xgboost|catboost|anndata|faiss)\./

/** In points of `values/drag.ts`. */
export const SOME = 14
const MUCH = 60
