import QtQuick

// What the keys of the player do, in words: for its own list and for the one of all pages.
QtObject {
    readonly property var rows: [
        [qsTr("Space"), qsTr("Play or pause")], ["J  L", qsTr("10 seconds back, on")], ["←  →", qsTr("5 seconds back, on")],
        ["↑  ↓", qsTr("Louder, softer")], ["M", qsTr("Mute")], ["F", qsTr("Full screen")], ["W", qsTr("Small window")], ["H", qsTr("HDR window")], ["C", qsTr("Chapters")],
        ["[  ]", qsTr("Slower, faster")], ["R", qsTr("Repeat a part")], ["G", qsTr("Save the picture")],
        [qsTr("Page up, page down"), qsTr("Next, previous chapter")], ["S", qsTr("Next subtitles")], ["N  P", qsTr("Next, previous title")],
        ["I", qsTr("Statistics")], ["?", qsTr("This list")], ["Esc", qsTr("Leave")]
    ]
}
