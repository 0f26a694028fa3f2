import QtQuick
import Marea

// All keys: of the pages, and of the player.
Sheet {
    id: sheet
    title: qsTr("Keys")
    wide: 520
    first: done
    component Line: Row {
        required property var modelData
        width: parent.width
        Accessible.role: Accessible.ListItem
        Accessible.name: modelData[0] + ": " + modelData[1]
        Label { width: parent.width * 0.4; text: modelData[0]; weight: Font.Medium }
        Label { width: parent.width * 0.6; text: modelData[1]; color: Theme.secondary }
    }
    component Part: Label { width: parent.width; topPadding: 12; bottomPadding: 4; color: Theme.secondary; weight: Font.Medium; font.pixelSize: Theme.tiny; Accessible.role: Accessible.Heading; Accessible.name: text }

    PlayerKeyNames { id: player }
    Part { text: qsTr("Pages"); topPadding: 0 }
    Repeater {
        delegate: Line {}
        model: [
            ["Ctrl+1 … 5", qsTr("Home, films, series, music, playlists")], ["Ctrl+F  /", qsTr("Search")], ["Alt+←  Alt+→", qsTr("Back, forward")],
            [qsTr("Arrows, Return"), qsTr("Move, open or play")], [qsTr("Menu, Shift+F10"), qsTr("What one can do with a title")], ["A … Z", qsTr("To a letter of a list")], [qsTr("Shift and the wheel"), qsTr("Scroll a row of cards")],
            [qsTr("Shift, Ctrl and arrows"), qsTr("Choose several tracks")], ["Ctrl+A", qsTr("Choose all tracks")], ["Alt+↑  Alt+↓", qsTr("Move an entry of a playlist")],
            [qsTr("Delete"), qsTr("Remove an entry or a playlist")], ["0 … 5", qsTr("Stars, where stars are")], ["Ctrl+Space", qsTr("Play or pause")], ["Ctrl+O", qsTr("Open file")],
            ["F11", qsTr("Full screen")], ["F1", qsTr("This list")], ["Ctrl+Q", qsTr("Quit")]
        ]
    }
    Part { text: qsTr("Player") }
    Repeater { model: player.rows; delegate: Line {} }
    buttons: [ AppButton { id: done; primary: true; text: qsTr("Done"); onClicked: sheet.close() } ]
}
