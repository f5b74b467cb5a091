-- Neovim as a client of the language server: run headless, with the server's command in REFLEAK_COMMAND (words, JSON),
-- the file in REFLEAK_FILE and the name that is held in REFLEAK_NAME. Prints one line of JSON: what the user would see.
local seen = { failures = {} }

local function step(name, work)
  local ok, problem = pcall(work)
  if not ok then table.insert(seen.failures, name .. ': ' .. tostring(problem)) end
end

local function wait_for(what, condition)
  if not vim.wait(20000, condition, 20) then error('waited in vain for ' .. what) end
end

local name = os.getenv('REFLEAK_NAME')
local function hint()
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.source == 'refleak' and diagnostic.message:find(name, 1, true) then return diagnostic end
  end
end
local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('REFLEAK_FILE')))
local client_id = vim.lsp.start_client({
  name = 'refleak',
  cmd = vim.fn.json_decode(os.getenv('REFLEAK_COMMAND')),
  root_dir = vim.fn.fnamemodify(os.getenv('REFLEAK_FILE'), ':h'),
})
vim.lsp.buf_attach_client(0, client_id)

step('diagnostics arrive', function()
  wait_for('a hint about ' .. name, hint)
  local diagnostic = hint()
  seen.diagnostic = { line = diagnostic.lnum + 1, message = diagnostic.message, code = diagnostic.code }
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
end)

step('hover', function()
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(), 10000)
  local result = answers[client_id].result
  seen.hover = table.concat(vim.lsp.util.convert_input_to_markdown_lines(result.contents), '\n')
end)

step('code action', function()
  vim.ui.select = function(items, _, choose)
    seen.actions = vim.tbl_map(function(item) return item[2].title end, items)
    choose(items[1])
  end
  vim.lsp.buf.code_action()
  wait_for('the edit', function() return text():find('del ' .. name, 1, true) ~= nil end)
  seen.edited = text()
  wait_for('the hint to go', function() return hint() == nil end)
end)

step('undo', function()
  vim.cmd('undo')
  seen.undone = text()
  wait_for('the hint to come back', hint)
end)

step('stop', function()
  vim.lsp.stop_client(client_id)
  wait_for('the server to end', function() return vim.lsp.get_client_by_id(client_id) == nil end)
end)

io.stdout:write(vim.fn.json_encode(seen) .. '\n')
vim.cmd('qall!')
