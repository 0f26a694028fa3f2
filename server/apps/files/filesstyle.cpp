#include "server/apps/files/filesstyle.h"

#include "server/apps/oauth/pagestyle.h"

namespace marea::server {

namespace {

constexpr std::string_view kFilesStyle = R"css(
* { box-sizing: border-box; margin: 0; }
html { font: 16px/24px Inter, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; background: var(--ground);
  color: var(--text); -webkit-text-size-adjust: 100%; }
body { max-width: 760px; margin: 0 auto; padding: 16px; min-width: 0; }
main.narrow { max-width: 420px; margin: 8vh auto 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 16px;
  padding: 24px; }
.top { display: flex; align-items: center; justify-content: space-between; gap: 12px; margin-bottom: 16px; }
header { display: flex; align-items: center; gap: 12px; font-weight: 600; min-width: 0; }
main.narrow header { margin-bottom: 24px; }
header svg { flex: none; }
header span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; overflow-wrap: anywhere; margin: 16px 0 8px; }
p { color: var(--soft); margin-top: 8px; overflow-wrap: anywhere; }
label { display: block; font-size: 14px; line-height: 20px; font-weight: 500; margin: 16px 0 4px; }
input { display: block; width: 100%; height: 44px; padding: 0 12px; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--edge); border-radius: 6px; min-width: 0; text-overflow: ellipsis; }
input::placeholder { color: var(--soft); opacity: 1; text-overflow: ellipsis; }
input.code { height: 56px; text-align: center; font-size: 28px; letter-spacing: .12em; text-transform: uppercase; }
button, .get, .more { font: inherit; font-weight: 600; min-height: 44px; padding: 9px 16px; border-radius: 6px; cursor: pointer;
  border: 1px solid transparent; text-decoration: none; text-align: center; }
button.main { display: block; width: 100%; background: var(--accent); color: var(--ink); margin-top: 24px; }
button.main:hover, .get:hover { background: var(--strong); color: var(--ink); }
button.link { background: transparent; color: var(--accent); padding: 9px 8px; }
.top button.link { white-space: nowrap; margin-right: -9px; }
.find { display: flex; gap: 8px; }
.find input { flex: 1; }
.find button { flex: none; background: transparent; border-color: var(--edge); color: var(--text); padding: 9px 12px; line-height: 0; }
nav { display: flex; gap: 4px; margin: 12px 0 4px; }
nav a { padding: 8px 14px; min-height: 40px; border-radius: 999px; color: var(--soft); text-decoration: none; font-weight: 500; }
nav a:hover { background: var(--hover); }
nav a[aria-current] { background: var(--hover); color: var(--text); }
ul { list-style: none; padding: 0; }
li { display: flex; gap: 12px; padding: 12px 0; border-bottom: 1px solid var(--line); align-items: center; }
.art { flex: none; width: 56px; height: 84px; border-radius: 6px; background: var(--hover); object-fit: cover; color: var(--edge);
  display: flex; align-items: center; justify-content: center; }
.art.square { height: 56px; }
.about { flex: 1; min-width: 0; }
.about a, .about b { color: var(--text); font-weight: 600; text-decoration: none; overflow-wrap: anywhere; display: block; }
.about a:hover { color: var(--accent); }
.about span { color: var(--soft); font-size: 14px; line-height: 20px; display: block; overflow-wrap: anywhere; }
.gets { flex: none; display: flex; flex-direction: column; gap: 8px; }
.get { display: flex; align-items: center; justify-content: center; gap: 8px; border-color: var(--accent); color: var(--accent);
  font-size: 14px; line-height: 20px; font-variant-numeric: tabular-nums; white-space: nowrap; padding: 11px 12px; }
.more { display: block; margin: 16px 0; border-color: var(--edge); color: var(--text); }
.more:hover { background: var(--hover); }
main.narrow .more { margin-bottom: 0; }
.foot { margin: 16px 0; text-align: center; }
dl { margin-top: 16px; padding: 4px 12px 12px; background: var(--field); border: 1px solid var(--line); border-radius: 10px; }
dt { font-size: 14px; line-height: 20px; color: var(--soft); margin-top: 8px; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; -webkit-user-select: all; user-select: all; }
dl + p { margin-top: 16px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.note { display: flex; gap: 12px; align-items: flex-start; margin-top: 16px; padding: 12px; border: 1px solid currentColor;
  border-radius: 10px; font-size: 14px; line-height: 20px; color: var(--error); }
.note span { color: var(--text); }
.note svg { flex: none; }
@media (max-width: 479px) {
  .get { flex-direction: column; gap: 2px; width: 84px; padding: 6px 4px; font-size: 12px; line-height: 16px; white-space: normal; } }
)css";

}  // namespace

std::string_view filesStyle() {
    static const std::string whole = std::string(pageTokens()) + std::string(kFilesStyle);
    return whole;
}

const std::string& filesStyleSource() {
    static const std::string source = styleSource(filesStyle());
    return source;
}

}  // namespace marea::server
