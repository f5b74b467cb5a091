/**
 * Node type ids of the grammar `tree-sitter-python` 0.25 (its generated symbol table). Ids instead of
 * names, because reading a name crosses the binding with a string for every node. `engines/check.ts`
 * refuses a grammar whose ids differ.
 *
 * A name starting with a quote is a token, the others are named nodes.
 */
export const NODE_TYPES = {
  'identifier': 1,
  "'.": 4, "';": 2, "'(": 7, "')": 8, "',": 9, "'as": 10, "'*": 11, "'>>": 13,
  "'if": 22, "':": 23, "'else": 25, "'async": 28, "'for": 29, "'in": 30, "'def": 37, "'**": 39,
  "'=": 44, "'class": 45, "'[": 46, "']": 47, "'@": 48, "'-": 49, "'_": 50, "'|": 51, "'{": 52, "'}": 53, "'+": 54,
  "'and": 56, "'/": 58, "'%": 59, "'//": 60, "'&": 61, "'^": 62, "'<<": 63, "'~": 64, "'from": 5,
  "'is": 65, "'<": 66, "'<=": 67, "'==": 68, "'!=": 69, "'>=": 70, "'>": 71, "'<>": 72, "'not in": 193, "'is not": 194,
  "'+=": 74, "'-=": 75, "'*=": 76, "'/=": 77, "'@=": 78, "'//=": 79, "'%=": 80, "'**=": 81,
  "'>>=": 82, "'<<=": 83, "'&=": 84, "'^=": 85, "'|=": 86,
  'ellipsis': 88, 'type_conversion': 92, 'integer': 93, 'float': 94, 'true': 96, 'false': 97, 'none': 98,
  'comment': 99, 'line_continuation': 100, 'string_start': 104, 'string_end': 107, 'module': 108,
  'import_statement': 111, 'import_prefix': 112, 'relative_import': 113, 'future_import_statement': 114,
  'import_from_statement': 115, 'aliased_import': 117, 'wildcard_import': 118, 'print_statement': 119, 'chevron': 120,
  'assert_statement': 121, 'expression_statement': 122, 'named_expression': 123, 'return_statement': 125,
  'delete_statement': 126, 'raise_statement': 127, 'pass_statement': 128, 'break_statement': 129,
  'continue_statement': 130, 'if_statement': 131, 'elif_clause': 132, 'else_clause': 133, 'match_statement': 134,
  'case_clause': 136, 'for_statement': 137, 'while_statement': 138, 'try_statement': 139, 'except_clause': 140,
  'finally_clause': 141, 'with_statement': 142, 'with_clause': 143, 'with_item': 144, 'function_definition': 145,
  'parameters': 146, 'lambda_parameters': 147, 'list_splat': 148, 'dictionary_splat': 149, 'global_statement': 150,
  'nonlocal_statement': 151, 'exec_statement': 152, 'type_alias_statement': 153, 'class_definition': 154,
  'type_parameter': 155, 'parenthesized_list_splat': 156, 'argument_list': 157, 'decorated_definition': 158,
  'decorator': 159, 'block': 160, 'expression_list': 161, 'dotted_name': 162, 'case_pattern': 163, 'union_pattern': 166,
  'dict_pattern': 169, 'keyword_pattern': 171, 'splat_pattern': 172, 'class_pattern': 173, 'complex_pattern': 174,
  'tuple_pattern': 179, 'list_pattern': 180, 'default_parameter': 181, 'typed_default_parameter': 182,
  'list_splat_pattern': 183, 'dictionary_splat_pattern': 184, 'as_pattern': 185, 'not_operator': 189,
  'boolean_operator': 190, 'binary_operator': 191, 'unary_operator': 192, 'comparison_operator': 195, 'lambda': 196,
  'assignment': 198, 'augmented_assignment': 199, 'pattern_list': 200, 'yield': 202, 'attribute': 203, 'subscript': 204,
  'slice': 205, 'call': 206, 'typed_parameter': 207, 'type': 208, 'splat_type': 209, 'generic_type': 210,
  'union_type': 211, 'constrained_type': 212, 'member_type': 213, 'keyword_argument': 214, 'list': 215, 'set': 216,
  'tuple': 217, 'dictionary': 218, 'pair': 219, 'list_comprehension': 220, 'dictionary_comprehension': 221,
  'set_comprehension': 222, 'generator_expression': 223, 'parenthesized_expression': 225, 'for_in_clause': 227,
  'if_clause': 228, 'conditional_expression': 229, 'concatenated_string': 230, 'string': 231, 'string_content': 232,
  'interpolation': 233, 'format_specifier': 236, 'await': 237, 'positional_separator': 238, 'keyword_separator': 239,
  'as_pattern_target': 272, 'format_expression': 273,
  'ERROR': 65535,
} as const

export type NodeType = keyof typeof NODE_TYPES

/** No node: the answer when there is no further sibling. */
export const NONE = 0
