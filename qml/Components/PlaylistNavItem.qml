import QtQuick
import QtQuick.Templates as T
import Marea

// A playlist in the sidebar. Titles may be dropped onto it where one may add to it.
T.AbstractButton {
    id: item
    required property string playlistId
    required property string name
    required property bool smart
    required property bool editable
    property bool current: false
    signal taken(var media)

    implicitHeight: Theme.target
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    text: name
    Accessible.role: Accessible.Link
    Accessible.name: name
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    background: Rectangle {
        radius: Theme.radiusControl
        color: drop.containsDrag ? Theme.playing : item.current ? Theme.control : item.hovered ? Theme.hover : "transparent"
        border.width: drop.containsDrag ? 1 : 0
        border.color: Theme.accent
        FocusRing { shown: item.visualFocus; offset: 0 }
    }
    contentItem: Item {
        Icon { id: mark; x: 16; anchors.verticalCenter: parent.verticalCenter; name: item.smart ? "sparkles" : "list-music"; size: 16; color: Theme.secondary }
        Label {
            anchors { left: mark.right; leftMargin: 14; right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
            text: item.name
            color: item.current || item.hovered ? Theme.text : Theme.secondary
        }
    }
    DropArea {
        id: drop
        anchors.fill: parent
        enabled: item.editable
        keys: ["marea/titles"]
        onDropped: (event) => { item.taken(event.source.media); event.accept() }
    }
}
