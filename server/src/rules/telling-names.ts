/** Names people give to large objects and to small ones. A name raises or lowers the rank of evidence, it never is evidence of its own. */

const WORDS = new Set([
  'df', 'data', 'dataset', 'frame', 'train', 'test', 'valid', 'arr', 'array', 'matrix', 'mat', 'rows', 'records', 'lines', 'batch', 'images', 'img', 'image', 'volume',
  'tensor', 'features', 'embeddings', 'weights', 'model', 'state', 'content', 'contents', 'text', 'raw', 'buf', 'buffer', 'payload', 'results', 'table', 'corpus', 'docs',
  'samples', 'frames', 'cube', 'grid', 'logits', 'preds', 'predictions', 'outputs', 'checkpoint', 'chunk', 'chunks', 'blob', 'dump',
])

/** One of the words of `snake_case` or `camelCase` name is telling: `train_df`, `stateDict`. */
export function looksLarge(name: string): boolean {
  return wordsOf(name).some(word => WORDS.has(word))
}

/** It names many alike, not just anything: `user_rows`, not `data`, `text`, `payload`, `dataset_json`. */
export function namesRecords(name: string): boolean {
  const words = wordsOf(name)
  return words.some(word => WORDS.has(word) && !VAGUE.has(word)) && !DOCUMENTS.has(words.at(-1) ?? '')
}

/** How something is written down, mostly little of it. */
const DOCUMENTS = new Set(['json', 'yaml', 'yml', 'toml', 'xml', 'html', 'txt', 'ini'])

const VAGUE = new Set(['data', 'content', 'contents', 'text', 'raw', 'buf', 'buffer', 'payload', 'results', 'lines', 'docs', 'dump', 'blob', 'chunk', 'chunks', 'state', 'outputs', 'test', 'model'])

/** Its last word, which says what it is, names data: `train_df`, not `df_path`, `batch_size`, `num_samples`. */
export function namesData(name: string): boolean {
  const words = wordsOf(name)
  return (WORDS.has(words.at(-1) ?? '') || OWN_WORDS.has(words.at(-1) ?? '')) && !(words.length > 1 && COUNTS.has(words[0]!))
}

/** Words that say so only where there is care for memory. */
const OWN_WORDS = new Set(['output', 'input', 'inputs', 'pred', 'latents', 'activations', 'pixels'])

/** Something learned, or learning. */
export function namesModel(name: string): boolean {
  return MODELS.has(wordsOf(name).at(-1) ?? '')
}

/**
 * What takes memory for weights: optimisers keep up to twice as much. What gives itself when it is moved is another question, which optimisers and pipelines
 * do not, but any network does, whatever part it plays (`values/moves.ts`); and a function that wraps a model goes by what it does (`values/told-calls.ts`).
 */
const MODELS = new Set(['optimizer', 'optimiser', 'model', 'models', 'net', 'network', 'llm', 'clf', 'encoder', 'decoder', 'unet', 'vae', 'pipeline'])
const COUNTS = new Set(['n', 'num', 'nrow', 'nrows', 'len', 'max', 'min', 'is', 'has', 'hash'])

function wordsOf(name: string): readonly string[] {
  return name.split(/_+|(?<=[a-z])(?=[A-Z])/).filter(word => word !== '').map(word => word.toLowerCase().replace(/\d+$/, ''))
}

const SMALL = new Set([
  'file', 'files', 'filename', 'filenames', 'path', 'paths', 'dir', 'dirs', 'folder', 'folders', 'name', 'names', 'col', 'cols', 'column', 'columns', 'key', 'url', 'urls', 'param', 'params', 'args', 'kwargs',
  'config', 'cfg', 'conf', 'settings', 'options', 'opts', 'logger', 'log', 'start', 'end', 'time', 'timer', 'epoch', 'step', 'steps', 'size', 'shape', 'num', 'count', 'seed', 'device', 'dtype', 'lr',
  'ax', 'axes', 'axis', 'fig', 'fp', 'fh', 'fd', 'dev', 'ctx', 'conn', 'cursor', 'handle', 'fname', 'tmpname', 'basename', 'dirname', 'idx', 'idxs', 'id', 'offset', 'type', 'types', 'kind', 'kinds', 'dtypes', 'shapes', 'level', 'flag', 'flags', 'unit', 'units', 'dim', 'dims', 'ndim', 'token', 'tokens', 'labels', 'box', 'boxes', 'bbox', 'bboxes', 'anchors', 'vocab', 'embeds', 'lengths', 'argv', 'info', 'meta', 'metadata', 'dur', 'durs', 'spacing', 'spacings', 'scaler', 'scalers', 'label2id', 'id2label', 'difficult', 'dontcare', 'dontcares', 'ignored', 'classes', 'codes', 'writer', 'reader', 'proc', 'metric',
  'std', 'mean', 'median', 'stats', 'sum', 'total', 'ratio', 'rate', 'freq', 'sfreq', 'delta', 'threshold', 'thresholds', 'thresh', 'eps', 'ret', 'retval', 'rc', 'pval', 'pvals',
  'choices', 'score', 'scores', 'acc', 'scheduler', 'criterion', 'callbacks', 'parser', 'version', 'schema', 'mode', 'status', 'message', 'msg', 'title', 'label', 'date', 'year', 'pid', 'port', 'host',
])

/** What something is put in, or which of many it is, which says nothing of what it is: `label_list`, `boxes_l`. */
const FORMS = new Set(['list', 'lists', 'lst', 'dict', 'map', 'set', 'arr', 'array', 'np', 'tensor', 'i', 'j', 'k', 'l'])

/** A name ends in the word for what says of each element whether it counts, in a byte or a few: small beside the data. Whoever lets go of it lets go of data, too. */
export function namesMask(name: string): boolean {
  const words = wordsOf(name)
  return MASKS.has(words.at(-1) ?? '') || (words.length > 1 && (words[0] === 'is' || words[0] === 'has' || words[0] === 'have'))
}

const MASKS = new Set(['mask', 'masks', 'picks', 'sel', 'selection', 'inds'])

/** Its last word names which of many are meant: a number for each, beside all that each of them is. */
export function namesIndex(name: string): boolean {
  return INDICES.has(wordsOf(name).at(-1) ?? '')
}

const INDICES = new Set(['idx', 'idxs', 'index', 'indexes', 'indices', 'inds', 'id', 'ids'])

/** A name ends in the word for a small thing, or is one of a rule: `log_dir`, `feature_cols`, `xmins`, `sky_to_image`. */
export function looksSmall(name: string): boolean {
  // `sky_to_image` is how to get from one to the other.
  return namesLittle(name) || namesIndex(name) || wordsOf(name).slice(1, -1).includes('to')
}

/** Its last word names a small thing: `log_dir`, `feature_cols`, `xmins`. */
export function namesLittle(name: string): boolean {
  const last = wordsOf(name).findLast((word, i) => i === 0 || !FORMS.has(word))
  // `_` is what somebody did not want.
  return (last === undefined && name !== '') || SMALL.has(last ?? '') || /^[xyztuv]?(min|max)s?$/.test(last ?? '')
}

/** What a program is told, or where a tool stands, wherever that is read from: `args`, `scheduler_state`. */
export function namesSettings(name: string): boolean {
  const words = wordsOf(name)
  return SETTINGS.has(words.at(-1) ?? '') || (words.at(-1) === 'state' && TOOLS.has(words.at(-2) ?? ''))
}

const SETTINGS = new Set(['args', 'kwargs', 'config', 'configs', 'cfg', 'cfgs', 'conf', 'confs', 'settings', 'options', 'opts'])
const TOOLS = new Set(['scheduler', 'sampler', 'scaler', 'rng', 'random', 'timer'])

/** One of its words names what people list, a line each: classes, channels, words. */
export function namesListing(name: string): boolean {
  return wordsOf(name).some(word => LISTINGS.has(word))
}

const LISTINGS = new Set([
  'label', 'labels', 'class', 'classes', 'category', 'categories', 'vocab', 'vocabulary', 'synset', 'synsets', 'symbol', 'symbols', 'keyword', 'keywords', 'stopwords', 'bad', 'bads', 'channels', 'manifest',
  'stocks', 'tickers', 'hosts', 'domains', 'users', 'speakers', 'splits', 'config', 'cfg', 'settings',
])

/** It names names: of files, of places, of whatever is listed. */
export function namesNames(name: string): boolean {
  return NAMES.has(wordsOf(name).at(-1) ?? '')
}

const NAMES = new Set(['names', 'files', 'filenames', 'paths', 'urls', 'ids', 'dirs', 'folders'])

/** It names what data consists of, one to a line or row. */
export function namesRows(name: string): boolean {
  return wordsOf(name).some(word => ROWS.has(word))
}

const ROWS = new Set(['row', 'rows', 'record', 'records', 'sample', 'samples', 'observation', 'observations', 'measurement', 'measurements', 'event', 'events', 'transaction', 'transactions', 'corpus', 'sentences', 'points', 'tweets', 'reviews'])

/** It says how many there are. */
export function namesCount(name: string): boolean {
  return wordsOf(name).some(word => COUNT_WORDS.has(word))
}

const COUNT_WORDS = new Set(['n', 'num', 'count', 'counts', 'total', 'expected', 'lines', 'rows', 'records', 'samples', 'items', 'length'])
