/**
 * Names whose use on an object of unknown origin tells its type: only arrays answer to `.astype`, only frames to
 * `.groupby`, only texts to `.startswith`. Everyday words (`copy`, `filter`, `values`, `size`) tell nothing and are not here.
 */
import type { TypeName } from './model.ts'

const TELLS: Readonly<Record<TypeName, readonly string[]>> = {
  'numpy.ndarray': [
    'astype', 'reshape', 'ravel', 'flatten', 'ndim', 'dtype', 'nbytes', 'itemsize', 'swapaxes', 'argsort', 'argmax', 'argmin', 'cumsum', 'squeeze',
    'conj', 'flat', 'strides', 'newbyteorder', 'byteswap', 'nonzero', 'clip', 'shape', 'T', 'dot', 'transpose',
  ],
  'pandas.DataFrame': [
    'groupby', 'set_index', 'reset_index', 'drop_duplicates', 'iterrows', 'itertuples', 'iloc', 'to_csv', 'to_pickle', 'to_parquet', 'dropna', 'fillna',
    'sort_values', 'pivot_table', 'select_dtypes', 'isnull', 'duplicated',
  ],
  'torch.Tensor': ['detach', 'requires_grad', 'unsqueeze', 'numel', 'contiguous', 'permute', 'backward', 'is_cuda'],
  'torch.nn.Module': ['state_dict', 'load_state_dict', 'named_parameters', 'zero_grad', 'get_submodule', 'get_parameter', 'named_modules', 'named_children', 'named_buffers', 'register_buffer'],
  str: ['startswith', 'endswith', 'lower', 'upper', 'strip', 'lstrip', 'rstrip', 'splitlines', 'encode', 'isdigit', 'isalpha', 'isupper', 'islower', 'zfill', 'capitalize', 'casefold', 'rpartition', 'removeprefix', 'removesuffix'],
  'scipy.sparse.csr_matrix': ['tocsr', 'tocsc', 'tocoo', 'todense', 'toarray', 'nnz'],
}

const BY_NAME: ReadonlyMap<string, TypeName> = new Map(Object.entries(TELLS).flatMap(([type, names]) => names.map(name => [name, type] as const)))

/** The type that having this attribute or method reveals, or null. */
export function typeTold(attribute: string): TypeName | null {
  return BY_NAME.get(attribute) ?? null
}
