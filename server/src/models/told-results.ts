/**
 * What the name of a called function tells of its result where nothing else is known of it: only frames have `.merge`, functions named
 * `einsum` make arrays in every library, `load_…` and `read_…` bring something in. Guesses, and marked as such by whoever asks.
 */
import type { TypeName } from './model.ts'

const METHODS: Readonly<Record<TypeName, readonly string[]>> = {
  'pandas.DataFrame': [
    'merge', 'reset_index', 'set_index', 'drop_duplicates', 'sort_values', 'pivot_table', 'fillna', 'dropna', 'to_pandas', 'select_dtypes', 'add_prefix', 'add_suffix', 'get_dummies',
    'unstack', 'with_columns', 'to_frame',
  ],
  'numpy.ndarray': [
    'astype', 'reshape', 'ravel', 'flatten', 'squeeze', 'swapaxes', 'argsort', 'cumsum', 'conj', 'transpose', 'dot', 'toarray', 'todense', 'to_numpy', 'repeat_interleave',
    'predict', 'predict_proba', 'fit_transform', 'get_fdata',
  ],
  'torch.Tensor': ['detach', 'unsqueeze', 'permute', 'contiguous', 'cuda'],
}

const METHOD_RESULTS: ReadonlyMap<string, TypeName> = new Map(Object.entries(METHODS).flatMap(([type, names]) => names.map(name => [name, type] as const)))

/** The type of what a method of this name gives, or null. */
export function resultTold(method: string): TypeName | null {
  return METHOD_RESULTS.get(method) ?? null
}

/** Methods of models that hand out what the model is made of. */
const MODULE_PARTS: ReadonlySet<string> = new Set([
  'get_submodule', 'get_parameter', 'get_buffer', 'get_encoder', 'get_decoder', 'get_base_model', 'get_input_embeddings', 'get_output_embeddings',
])

/** Those that hand out all of it, one after the other; others than models that have such are asked for more, or for less. */
const MODULE_WALKS: ReadonlySet<string> = new Set(['children', 'modules', 'named_children', 'named_modules', 'parameters', 'named_parameters', 'buffers', 'named_buffers', 'state_dict'])

/** A method of this name gives a part of the model it is called on. */
export function givesModulePart(name: string): boolean {
  return MODULE_PARTS.has(name)
}

/** Functions that give a model as it was before something was put around it: the one they are given, or one in that. */
const UNWRAPPERS: ReadonlySet<string> = new Set(['unwrap_model', 'extract_model_from_parallel', 'de_parallel', 'get_bare_model'])

export function unwrapsModel(name: string): boolean {
  return UNWRAPPERS.has(name)
}

/** A method of this name, called without arguments, gives the parts of the model it is called on. */
export function walksModule(name: string): boolean {
  return MODULE_WALKS.has(name)
}

/** Functions that array libraries took over from numpy, name and meaning; nobody else has them. */
const ARRAY_FUNCTIONS: ReadonlySet<string> = new Set([
  'einsum', 'tensordot', 'zeros_like', 'ones_like', 'empty_like', 'full_like', 'ascontiguousarray', 'asfortranarray', 'concatenate', 'vstack', 'hstack', 'column_stack',
  'dstack', 'meshgrid', 'moveaxis', 'hypot', 'cumsum', 'broadcast_to', 'linspace', 'fromfile',
])

/** The same with everyday names: told by what they are functions of. */
const COMMON_FUNCTIONS: ReadonlySet<string> = new Set([
  'zeros', 'ones', 'empty', 'full', 'array', 'asarray', 'asanyarray', 'arange', 'stack', 'dot', 'matmul', 'where', 'exp', 'log', 'sqrt', 'abs', 'square', 'outer', 'kron', 'tile', 'repeat', 'clip',
  'maximum', 'minimum', 'transpose', 'reshape', 'copy', 'sort', 'argsort', 'unique', 'diff', 'sin', 'cos', 'tanh',
])

/** Names people give to whichever array library is in use: `xp.zeros(n)`, `self.np.zeros(n)`. */
const ARRAY_LIBRARIES: ReadonlySet<string> = new Set(['np', 'numpy', 'xp', 'cp', 'cupy', 'jnp', 'anp', 'onp', 'nps'])

/** It is a module of functions, whatever they are called. */
export function namesArrayLibrary(name: string | null): boolean {
  return name !== null && ARRAY_LIBRARIES.has(name)
}

/** numpy's function that a function of this name does the work of, or null. `owner`: the last name before the dot. */
export function arrayFunction(owner: string | null, name: string): string | null {
  const isOne = ARRAY_FUNCTIONS.has(name) || (namesArrayLibrary(owner) && COMMON_FUNCTIONS.has(name))
  return isOne ? `numpy.${name}` : null
}

const LOADS: ReadonlySet<string> = new Set(['load', 'read', 'fetch', 'download', 'reload'])

/** Things that are loaded and small: whoever loads one says so. */
const LITTLE: ReadonlySet<string> = new Set([
  'config', 'configs', 'conf', 'cfg', 'configuration', 'settings', 'args', 'arguments', 'options', 'param', 'params', 'json', 'yaml', 'yml', 'toml', 'ini', 'html', 'xml', 'page', 'webpage', 'version', 'env', 'schema',
  'metadata', 'meta', 'info', 'template', 'line', 'header', 'headers', 'name', 'names', 'path', 'key', 'keys', 'token', 'tokenizer', 'scheduler', 'module', 'plugin', 'plugins', 'class', 'function',
  'credentials', 'secret', 'id', 'byte', 'int', 'uint8', 'uint16', 'uint32', 'int16', 'int32', 'float', 'string', 'bool', 'char', 'bits', 'from', 'one', 'next', 'vocab', 'labels', 'text', 'icon', 'font', 'extension',
  // Mapped, not read.
  'memmap', 'mmap',
])

/** By its name the function reads data in: `load_cube`, `read_movie`, `_load_features`. */
export function loadsByName(name: string): boolean {
  const words = name.split(/_+|(?<=[a-z])(?=[A-Z])/).map(w => w.toLowerCase()).filter(w => w !== '')
  return words.length > 1 && LOADS.has(words[0]!) && !words.some(w => LITTLE.has(w))
}

/** Readers of tables, by names that libraries of frames share: `cudf.read_parquet`, `utils.read_csv`. */
const TABLE_READERS: ReadonlySet<string> = new Set(['read_csv', 'read_parquet', 'read_feather', 'read_hdf', 'read_excel', 'read_orc', 'read_sas', 'read_stata', 'read_sql', 'read_sql_query', 'read_sql_table'])

/** By its name the function reads a table: the result is a frame. */
export function readsTable(name: string): boolean {
  return TABLE_READERS.has(name)
}

/** `Model.from_pretrained(…)`, `LLM.load(…)`: weights read from disk or hub, unless it is one of the small companions of a model. */
export function loadsWeights(owner: string | null, name: string): boolean {
  if (owner === null) return false
  return name === 'from_pretrained' || name === 'load_from_checkpoint' ? !COMPANION.test(owner) : name === 'load' && MODEL_CLASS.test(owner)
}

const COMPANION = /Token|Processor|Config|Scheduler|Extractor/i
const MODEL_CLASS = /^[A-Z].*(Model|Net|Network|LM|Transformer|Pipeline)$/

/** A class whose name says so: `AutoModelForCausalLM`, `ControlNetModel`, `FluxPipeline`. Others may be a companion of a model. */
export function namesModelClass(owner: string): boolean {
  return MODEL_CLASS.test(owner) || /^[A-Z].*For[A-Z]/.test(owner)
}

/** In these libraries every class that loads something pretrained is a model, a part of one, or a companion. */
export function isModelLibrary(dotted: string): boolean {
  return /^(transformers|diffusers|peft|sentence_transformers|optimum)\./.test(dotted)
}
