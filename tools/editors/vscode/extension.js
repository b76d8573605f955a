// Starts `jixiao lsp` for TOML files and lets VS Code talk to it.
const { workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

function activate() {
  const settings = workspace.getConfiguration('jixiao');
  const run = { command: settings.get('program'), args: ['lsp', '--lang', settings.get('language')] };
  client = new LanguageClient('jixiao', 'jixiao', { run, debug: run },
    { documentSelector: [{ scheme: 'file', language: 'toml' }] });
  return client.start();
}

function deactivate() {
  return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
