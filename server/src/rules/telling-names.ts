/** Names people give to large objects. A name raises the rank of evidence, it never is evidence of its own. */

const WORDS = new Set([
  'df', 'data', 'dataset', 'frame', 'train', 'test', 'valid', 'arr', 'array', 'matrix', 'mat', 'rows', 'records', 'lines', 'batch', 'images', 'img', 'image', 'volume',
  'tensor', 'features', 'embeddings', 'weights', 'model', 'state', 'content', 'contents', 'text', 'raw', 'buf', 'buffer', 'payload', 'results', 'table', 'corpus', 'docs',
  'samples', 'frames', 'cube', 'grid', 'logits', 'preds', 'predictions', 'outputs', 'checkpoint', 'chunk', 'chunks', 'blob', 'dump',
])

/** One of the words of `snake_case` or `camelCase` name is telling: `train_df`, `stateDict`. */
export function looksLarge(name: string): boolean {
  return name.split(/_|(?<=[a-z])(?=[A-Z])/).some(word => WORDS.has(word.toLowerCase().replace(/\d+$/, '')))
}
