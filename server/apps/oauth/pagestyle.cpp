#include "server/apps/oauth/pagestyle.h"

#include <sodium.h>

#include "server/apps/identity/secrets.h"

namespace marea::server {

namespace {

constexpr std::string_view kTokens = R"css(
:root { color-scheme: dark light;
  --ground: #0E1418; --sheet: #151D23; --field: #0E1418; --line: #24303A; --edge: #5E6E78; --text: #E8EEF1; --soft: #9FB0BA;
  --accent: #2BB3C0; --strong: #4CC4D0; --ink: #04191C; --error: #F2766B; --warn: #E5B454; --good: #4CC38A; --hover: #1D2830;
  --shadow: 0 12px 40px #00000066; }
@media (prefers-color-scheme: light) { :root {
  --ground: #F6F8F9; --sheet: #FFFFFF; --field: #FFFFFF; --line: #DFE6EA; --edge: #7B8B95; --text: #13202A; --soft: #52636E;
  --accent: #0B7F8C; --strong: #096C77; --ink: #FFFFFF; --error: #B3261E; --warn: #8A5A00; --good: #1B7F4D; --hover: #E9EEF1;
  --shadow: 0 12px 40px #13202926; } }
)css";

constexpr std::string_view kStyle = R"css(* { box-sizing: border-box; margin: 0; }
html { font: 16px/24px Inter, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; background: var(--ground);
  color: var(--text); -webkit-text-size-adjust: 100%; }
body { min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; align-items: center; justify-content: center;
  padding: 32px 16px; gap: 16px; }
main { width: 100%; max-width: 420px; background: var(--sheet); border: 1px solid var(--line); border-radius: 16px; padding: 32px;
  box-shadow: var(--shadow); }
header { display: flex; align-items: center; gap: 12px; margin-bottom: 28px; font-weight: 600; min-width: 0; }
header svg { flex: none; }
header span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; overflow-wrap: anywhere; }
p { color: var(--soft); margin-top: 8px; overflow-wrap: anywhere; }
p.lead { color: var(--text); margin-top: 16px; }
ul { list-style: none; padding: 0; margin-top: 8px; color: var(--soft); }
li { position: relative; padding: 4px 0 4px 28px; }
li svg { position: absolute; left: 0; top: 7px; color: var(--accent); }
form { margin-top: 20px; }
body > form { margin-top: 0; }
label { display: block; font-size: 14px; line-height: 20px; font-weight: 500; margin-bottom: 4px; }
label + input { margin-bottom: 16px; }
input { display: block; width: 100%; height: 44px; padding: 0 12px; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--edge); border-radius: 6px; }
input.code { height: 56px; text-align: center; font-size: 28px; letter-spacing: .12em; text-transform: uppercase;
  font-variant-numeric: tabular-nums; }
input::placeholder { color: var(--soft); opacity: .55; }
button { display: block; width: 100%; min-height: 44px; padding: 8px 16px; font: inherit; font-weight: 600; border-radius: 6px;
  border: 1px solid transparent; cursor: pointer; margin-top: 8px; background: transparent; color: var(--text); }
button.main { background: var(--accent); color: var(--ink); margin-top: 24px; }
button.main:hover { background: var(--strong); }
button.other { border-color: var(--edge); }
button.other:hover { background: var(--hover); }
a.other { display: block; min-height: 44px; padding: 9px 16px; margin-top: 8px; font-weight: 600; text-align: center; border-radius: 6px;
  border: 1px solid var(--edge); color: var(--text); text-decoration: none; overflow-wrap: anywhere; }
a.other:hover { background: var(--hover); }
button.link { display: inline; width: auto; min-height: 0; padding: 6px; margin: 0; color: var(--accent); font-weight: 500; }
button.link:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.note { display: flex; gap: 12px; align-items: flex-start; margin-top: 16px; padding: 12px; border: 1px solid currentColor;
  border-radius: 10px; font-size: 14px; line-height: 20px; color: var(--warn); }
.note.error { color: var(--error); }
.note span { color: var(--text); }
.note svg { flex: none; }
.shown { margin-top: 8px; padding: 12px; text-align: center; font-size: 28px; line-height: 36px; letter-spacing: .12em; font-weight: 600;
  color: var(--text); background: var(--field); border: 1px solid var(--line); border-radius: 10px; font-variant-numeric: tabular-nums; }
.who { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0 4px; margin: 0; font-size: 14px;
  color: var(--soft); overflow-wrap: anywhere; text-align: center; }
.mark { display: block; margin-bottom: 16px; color: var(--soft); }
.mark.good { color: var(--good); }
.mark.error { color: var(--error); }
@media (max-width: 599px) {
  body { padding: 0; justify-content: flex-start; gap: 0; background: var(--sheet); }
  main { max-width: none; border: 0; border-radius: 0; box-shadow: none; padding: 24px 16px; }
  .who { padding: 8px 16px 24px; } }
)css";

}  // namespace

std::string_view pageTokens() {
    return kTokens;
}

std::string_view pageStyle() {
    static const std::string whole = std::string(kTokens) + std::string(kStyle);
    return whole;
}

std::string styleSource(std::string_view style) {
    const Digest hash = sha256(style);
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_ENCODED_LEN(hash.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), variant);
    text.pop_back();  // libsodium ends it with NUL
    return "'sha256-" + text + "'";
}

const std::string& pageStyleSource() {
    static const std::string source = styleSource(pageStyle());
    return source;
}

}  // namespace marea::server
