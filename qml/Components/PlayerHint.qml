import QtQuick
import Marea

// Says what a key just did.
Rectangle {
    id: hint
    property string words: ""
    property string iconName: ""
    function show(text, icon) { words = text; iconName = icon; opacity = 1; gone.restart() }
    width: row.implicitWidth + 32
    height: 40
    radius: 20
    color: Theme.pictureSheet
    opacity: 0
    visible: opacity > 0
    Behavior on opacity { NumberAnimation { duration: Theme.quick } }
    Timer { id: gone; interval: 900; onTriggered: hint.opacity = 0 }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: 8
        Icon { name: hint.iconName; color: Theme.onPicture; anchors.verticalCenter: parent.verticalCenter }
        Label { visible: text !== ""; text: hint.words; color: Theme.onPicture; weight: Font.Medium; anchors.verticalCenter: parent.verticalCenter }
    }
}
