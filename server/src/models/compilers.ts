/**
 * Decorators that hand a function to something else than Python's own loop: a compiler, a tracer, another language in Python's clothes. What
 * a name is there the library decides: it may be no reference at all, and a `del` no statement.
 */

/** By the first part of their full name, the last part: where in the library they are defined is its own business. `*`: all it has. */
const DECORATORS: Readonly<Record<string, readonly string[]>> = {
  catalyst: ['qjit'],
  cuda: ['kernel', 'function'],
  cupy: ['fuse', 'vectorize'],
  cupyx: ['fuse', 'rawkernel'],
  cutlass: ['jit', 'kernel'],
  cython: ['*'],
  dace: ['program', 'function', 'method'],
  equinox: ['filter_jit', 'filter_pmap', 'filter_checkpoint'],
  flax: ['jit', 'pmap', 'remat', 'checkpoint'],
  gt4py: ['function', 'stencil', 'lazy_stencil', 'field_operator', 'scan_operator', 'program'],
  helion: ['kernel'],
  jax: ['jit', 'pjit', 'pmap', 'xmap', 'shard_map', 'checkpoint', 'remat'],
  lpython: ['lpython'],
  micropython: ['native', 'viper', 'asm_thumb', 'asm_xtensa', 'asm_rv32'],
  mindspore: ['jit', 'ms_function', 'ms_kernel', 'kernel'],
  mlx: ['compile'],
  neuronxcc: ['jit', 'trace', 'baremetal', 'benchmark'],
  ninetoothed: ['jit'],
  numba: [
    'jit', 'njit', 'autojit', 'generated_jit', 'vectorize', 'guvectorize', 'cfunc', 'stencil', 'reduce', 'export', 'jitclass',
    'overload', 'overload_method', 'overload_attribute', 'overload_classmethod', 'register_jitable', 'intrinsic',
  ],
  numba_dpex: ['kernel', 'func', 'dpjit', 'device_func'],
  paddle: ['to_static', 'declarative'],
  pennylane: ['qjit'],
  pyccel: ['*'],
  pykokkos: ['workunit', 'workload', 'functor', 'function'],
  pystencils: ['kernel'],
  rp2: ['asm_pio'],
  taichi: ['kernel', 'func', 'real_func', 'pyfunc'],
  tensorflow: ['function', 'defun'],
  thunder: ['jit'],
  tilelang: ['prim_func', 'macro'],
  torch: ['script', 'script_method', 'script_if_tracing', 'export', 'compile', 'optimize'],
  torch_xla: ['compile'],
  transonic: ['boost', 'jit'],
  triton: ['jit', 'autotune', 'heuristics', 'constexpr_function'],
  tvm: ['script', 'prim_func', 'ir_module', 'macro', 'function'],
  warp: ['kernel', 'func', 'func_native', 'func_grad', 'func_replay', 'overload'],
}

/** A decorator of this full name, or of this one as written where nobody knows what it stands for. */
export function compilesFunctions(dotted: string): boolean {
  const names = dotted.split('.')
  const ofLibrary = Object.hasOwn(DECORATORS, names[0]!) ? DECORATORS[names[0]!]! : []
  return ofLibrary.includes(names.at(-1)!) || (ofLibrary.includes('*') && names.length > 1)
}

/** `njit`, `cuda_jit`: projects have such of their own, for where the library is not installed. */
export function isNamedCompiler(name: string): boolean {
  return name.split(/_+|(?<=[a-z])(?=[A-Z])/).some(word => NAMES.has(word.toLowerCase()))
}

const NAMES: ReadonlySet<string> = new Set(['jit', 'njit', 'jitted', 'njitted', 'pjit', 'qjit', 'autojit', 'jitclass'])
