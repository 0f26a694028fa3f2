import QtQuick

// A playlist in the sidebar. Titles may be dropped onto it where one may add to it.
DropNavItem {
    required property string playlistId
    required property string name
    required property bool smart
    required property bool editable
    text: name
    symbol: smart ? "sparkles" : "list-music"
    takes: editable
}
