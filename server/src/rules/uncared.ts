/**
 * What is said of an object in a frame where nothing tells that memory is short, for a size that only data decides. Two things have to be in the text: that
 * it is large by what it is, and that memory is needed while it is held. Of what readers were shown by default elsewhere they turned down four in five: most
 * files are small, what is computed from an argument of which nothing is known is, too, and while calls merely run nobody misses the memory (ARCHITECTURE.md, "What is worth saying").
 */
import type { ValueKind } from '../models/model.ts'
import type { DragReport } from '../values/drag.ts'
import { POINTS, pointsOnce } from '../values/weights.ts'
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
  readonly drag: Pick<DragReport, 'points'> & Partial<Pick<DragReport, 'items'>>
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

/** What a data set gives for an index, or a transform makes of what it is given, is one of many. */
const FOR_ONE = /\.__(getitem|call)__$/

/** Models, weights, tables for training, what is read from formats for large data, but for single arrays in the rounds of a loop, which are one of many; frames that are read; rows that are called so. */
function isLargeByNature(object: Uncared): boolean {
  const { value, kind, name, drag } = object
  if (kind !== null && CONTAINERS.has(kind)) return !isOneOfMany(object) && (hasBulkPart(value, isBulkRead) || namesRows(name))
  if (value.size.gathered !== undefined) return namesRows(name) || namesRows(value.size.gathered)
  switch (kind) {
    case 'model': return value.size.origin === 'outside'
    case 'frame': return !object.isOfGroups && (value.size.origin === 'outside' || value.size.readers !== undefined)
    case 'table': return isBulkRead(value) || (FOR_LEARNING.test(value.type ?? '') && drag.points >= (value.guessed ? MUCH : SOME))
    default: return !isOneOfMany(object) && isBulkRead(value)
  }
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

const BULK_READERS = /(^|\s)(torch\.load|safetensors|gensim|faiss|h5py|zarr|tables|netCDF4|xarray|nibabel|anndata|scanpy|pyarrow|datasets|numpy\.(load|memmap)|pandas\.read_(parquet|feather|hdf|orc)|polars\.(read|scan)_(parquet|ipc)|pandas\.io\.parsers\.TextFileReader)\b|\.from_pretrained$/

/**
 * Something else is made that is as large as what is read, or waited for, or trained. Of frames, which are mostly files of a few megabytes, that something is
 * trained or served; what may well be larger than the memory is worth more: chunks, and formats for that.
 */
function isMemoryNeeded({ kind, value, drag: { items } }: Uncared): boolean {
  const least = kind === 'frame' && !isBulkRead(value) ? POINTS.lasting : POINTS.read
  return items === undefined || items.some(item => pointsOnce(item) >= least)
}

/** Tables with all that a model learns from, or searches in. Catalogues are small, and data sets of texts are mapped from files. */
const FOR_LEARNING = /^(lightgbm|xgboost|catboost|anndata|faiss)\./

/** In points of `values/drag.ts`. */
export const SOME = 14
const MUCH = 60
