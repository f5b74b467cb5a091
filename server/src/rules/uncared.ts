/**
 * What is said of an object in a frame where nothing tells that memory is short, for a size that only data decides. Two things have to be in the text: that
 * it is large by what it is, and that memory is needed while it is held. Of what readers were shown by default elsewhere they turned down four in five: most
 * files are small, what is computed from an argument of which nothing is known is, too, and while calls merely run nobody misses the memory (ARCHITECTURE.md, "What is worth saying").
 */
import type { ValueKind } from '../models/model.ts'
import { POINTS, pointsOnce, type DragItem } from '../values/weights.ts'
import type { Value } from '../values/value.ts'
import { CONTAINERS, hasBulkPart } from './bulk-kinds.ts'
import { readersOf } from './documents.ts'
import { SEVERAL } from './drag-needed.ts'
import { isOfSession, type Circumstances, type Judged } from './judged.ts'
import type { RuleOptions } from './rule.ts'
import { looksLarge, namesRows } from './telling-names.ts'

/** Enough to be said by default. `object`: its size is not known. */
export function isWorthwhile(object: Judged, facts: Circumstances, options: RuleOptions): boolean {
  return !FOR_ONE.test(facts.scope) && isLargeByNature(object, facts.kind) && (isOfSession(facts, options) || isMemoryNeeded(object, facts.kind))
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

/**
 * Models, weights, tables for training, what is read from formats for large data, frames that are read, rows that are called so; no single arrays or lists in the rounds of a loop, which are
 * one of many. An array that is read may be a coordinate, a split or a figure for each class: if it has a name, that has to be one of data.
 */
function isLargeByNature(object: Judged, kind: ValueKind | null): boolean {
  const { value, variable: { name }, drag } = object
  const { origin, gathered, readers } = value.size
  switch (kind) {
    case 'model': return origin === 'outside'
    case 'frame': return !object.isOfGroups && (origin === 'outside' || readers !== undefined)
    case 'table': return isBulkRead(value) || (FOR_LEARNING.test(value.type ?? '') && drag.points >= (value.guessed ? MUCH : SEVERAL))
  }
  if (isOneOfMany(object, kind)) return false
  if (kind !== null && CONTAINERS.has(kind)) return namesRows(name) || hasBulkPart(value, isBulkRead)
  if (gathered !== undefined) return namesRows(name) || namesRows(gathered)
  return (isBulkRead(value) && (kind === null || !ITEMS.has(kind) || name === '' || looksLarge(name))) || (origin === 'outside' && namesRows(name))
}

function isOneOfMany({ kind: heldKind, isOfLoop = false }: Judged, kind: ValueKind | null): boolean {
  return heldKind === 'previous-iteration-held' || (isOfLoop && kind !== null && (ITEMS.has(kind) || CONTAINERS.has(kind)))
}

/** Of a loop's rounds they are many, worked on one by one. */
const ITEMS: ReadonlySet<ValueKind> = new Set<ValueKind>(['array', 'tensor', 'image'])

/** By a library that is there for more than a program would write as text or pickle, or computed from nothing but such. */
function isBulkRead({ size, model }: Value): boolean {
  return (size.origin === 'outside' || size.readers !== undefined) && readersOf({ size, model }).every(r => BULK_READERS.test(r))
}

const BULK_READERS = /(^|\s)(torch\.load|safetensors|gensim|faiss|h5py|zarr|tables|netCDF4|xarray|nibabel|anndata|scanpy|pyarrow|datasets|keras|numpy\.(load|memmap|fromfile)|\w+\.read_(parquet|feather|orc|ipc))\b|\.from_pretrained$/

/**
 * Memory is needed for long, because something is trained or served meanwhile, or for another such object: of weights there is a second copy in the model, which is run in a
 * loop, and who loads a model waits for that, be it the next one, which comes to the device when this one has gone; of what else is read for large data as much is made or waited for. Other frames are mostly made of
 * files of a few megabytes.
 */
function isMemoryNeeded({ kind: heldKind, value, drag: { items, points } }: Judged, kind: ValueKind | null): boolean {
  // A loop over pieces of a file always waits for the next one.
  const isPiece = kind === 'frame' && heldKind === 'previous-iteration-held'
  if (items === undefined || (!isPiece && items.some(isLasting))) return true
  if (isOfWeights(value)) return points >= ENOUGH && items.some(i => i.isRepeated)
  if (kind === 'model' || (kind === 'frame' && !isBulkRead(value))) return false
  return items.some(item => pointsOnce(item) >= POINTS.read)
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

/** In points, for a table that only a function's name tells of. */
const MUCH = 60
