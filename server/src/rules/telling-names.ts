/** Names people give to large objects and to small ones. A name raises or lowers the rank of evidence, it never is evidence of its own. */

const WORDS = new Set([
  'df', 'data', 'dataset', 'frame', 'train', 'test', 'valid', 'arr', 'array', 'matrix', 'mat', 'rows', 'records', 'lines', 'batch', 'images', 'img', 'image', 'volume',
  'tensor', 'features', 'embeddings', 'weights', 'model', 'state', 'content', 'contents', 'text', 'raw', 'buf', 'buffer', 'payload', 'results', 'table', 'corpus', 'docs',
  'samples', 'frames', 'cube', 'grid', 'logits', 'preds', 'predictions', 'outputs', 'checkpoint', 'chunk', 'chunks', 'blob', 'dump',
])

/** One of the words of `snake_case` or `camelCase` name is telling: `train_df`, `stateDict`. */
export function looksLarge(name: string): boolean {
  return name.split(/_|(?<=[a-z])(?=[A-Z])/).some(word => WORDS.has(word.toLowerCase().replace(/\d+$/, '')))
}

const SMALL = new Set([
  'file', 'files', 'filename', 'filenames', 'path', 'paths', 'dir', 'dirs', 'folder', 'folders', 'name', 'names', 'col', 'cols', 'column', 'columns', 'key', 'url', 'urls', 'param', 'params', 'args', 'kwargs',
  'config', 'cfg', 'conf', 'settings', 'options', 'opts', 'logger', 'log', 'start', 'end', 'time', 'timer', 'epoch', 'step', 'steps', 'size', 'shape', 'num', 'count', 'seed', 'device', 'dtype', 'lr',
  'ax', 'axes', 'axis', 'fig', 'fp', 'fh', 'fd', 'fname', 'tmpname', 'basename', 'dirname', 'idx', 'id', 'offset', 'type', 'kind', 'level', 'flag', 'flags', 'unit', 'units', 'dim', 'dims', 'ndim', 'token', 'writer', 'reader', 'proc', 'metric',
  'choices', 'score', 'scores', 'acc', 'scheduler', 'criterion', 'callbacks', 'parser', 'version', 'schema', 'mode', 'status', 'message', 'msg', 'title', 'label', 'date', 'year', 'pid', 'port', 'host',
])

/** A name ends in the word for a small thing: `log_dir`, `feature_cols`. */
export function looksSmall(name: string): boolean {
  const last = name.split(/_+|(?<=[a-z])(?=[A-Z])/).filter(word => word !== '').at(-1) ?? ''
  // `_` is what somebody did not want.
  return last === '' || SMALL.has(last.toLowerCase().replace(/\d+$/, ''))
}
