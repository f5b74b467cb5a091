/**
 * What is said of an object in a frame where nothing tells that memory is short, for a size that only data decides. Two things have to be in the text: that
 * it is large by what it is, and that memory is needed while it is held. Of what readers were shown by default elsewhere they turned down nine in ten: what is
 * computed from an argument of which nothing is known is mostly small, and while calls merely run nobody misses the memory (ARCHITECTURE.md, "What is worth saying").
 */
import type { ValueKind } from '../models/model.ts'
import type { DragReport } from '../values/drag.ts'
import { POINTS, type DragKind } from '../values/weights.ts'
import type { Value } from '../values/value.ts'
import { CONTAINERS, hasBulkPart } from './bulk-kinds.ts'
import { isReadAsText, readersOf } from './documents.ts'
import type { HeldKind } from './held.ts'
import { looksLarge, namesRecords, namesRows } from './telling-names.ts'

/** A held object whose size is not known. */
export interface Uncared {
  readonly heldKind: HeldKind
  readonly value: Value
  readonly kind: ValueKind | null
  readonly name: string
  readonly drag: Pick<DragReport, 'points'> & Partial<Pick<DragReport, 'items'>>
  /** There is another one in each round of a loop. */
  readonly isOfLoop: boolean
  /** Its name tells more than its kind does. */
  readonly isToldByName: boolean
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

/** Models, frames and tables for training; what is read, but for single arrays in the rounds of a loop, which are one of many; rows that are called so. */
function isLargeByNature(object: Uncared): boolean {
  const { value, kind, name, drag } = object
  const { size } = value
  if (kind !== null && CONTAINERS.has(kind)) return hasBulkPart(value, isRead) || namesRows(name)
  if (size.gathered !== undefined) return namesRows(name) || namesRows(size.gathered)
  switch (kind) {
    case 'model': return size.origin === 'outside'
    case 'frame': return !object.isOfGroups && (size.origin === 'outside' || isRead(value) || isLargeFrame(object))
    case 'table': return isRead(value) || (FOR_LEARNING.test(value.type ?? '') && drag.points >= (value.guessed ? MUCH : SOME))
    default: return !isOneOfMany(object) && !(isReadAsText(value) && !looksLarge(name)) && isReadInBulk(object)
  }
}

/** A frame of which nothing but its name tells. */
function isLargeFrame({ heldKind, value, isToldByName, drag }: Uncared): boolean {
  return heldKind !== 'previous-iteration-held' && isToldByName && !value.guessed && drag.points >= SOME
}

function isOneOfMany({ heldKind, kind, isOfLoop }: Uncared): boolean {
  return heldKind === 'previous-iteration-held' || (isOfLoop && kind !== null && ITEMS.has(kind))
}

/** Where only a function's name says that it reads, the object's own has to say of what. */
function isReadInBulk({ value, kind, name }: Uncared): boolean {
  const isKnown = kind !== null || value.model !== null
  return value.size.origin === 'outside' ? (isKnown && !value.guessed) || namesRecords(name) : isRead(value)
}

/** Something else is made, or it takes long. That calls run, in loops or not, is no need for memory; weights and models are too large for any, or for many, of them. Of a table of text much has to happen. */
function isMemoryNeeded({ kind: what, value, drag: { items, points } }: Uncared): boolean {
  if (isTextTable(value) && points < MUCH) return false
  return what === 'model' || items === undefined || (points >= SOME && isOfWeights(value)) || items.some(({ kind, points }) => NEEDS.has(kind) || points >= POINTS.lasting)
}

/** A list of files, a table of results: mostly a few megabytes, and so is what is drawn on maps. */
function isTextTable({ size, model }: Value): boolean {
  return readersOf({ size, model }).every(r => TABLE_READERS.test(r))
}

const TABLE_READERS = /^(pandas|polars|cudf|modin\.pandas)\.read_(csv|table|fwf|excel|html)$|^geopandas\.read_file$/

function isOfWeights({ size, model }: Value): boolean {
  return readersOf({ size, model }).every(r => WEIGHT_READERS.test(r))
}

const WEIGHT_READERS = /^(torch\.load|safetensors\..*|.*\.from_pretrained)$/

const NEEDS: ReadonlySet<DragKind> = new Set(['allocation', 'blocking', 'suspension'])

/** From outside by itself, or computed from what was; not from a text. */
function isRead(value: Value): boolean {
  return value.size.readers !== undefined && !isReadAsText(value)
}

/** Of a loop's rounds they are many, worked on one by one. */
const ITEMS: ReadonlySet<ValueKind> = new Set<ValueKind>(['array', 'tensor', 'image'])

/** Tables with all that a model learns from, or searches in. Catalogues are small, and data sets of texts are mapped from files. */
const FOR_LEARNING = /^(lightgbm|xgboost|catboost|anndata|faiss)\./

/** In points of `values/drag.ts`. */
export const SOME = 14
const MUCH = 60
