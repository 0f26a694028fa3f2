import QtQuick
import QtQuick.Templates as T
import Marea

// A smaller entry of the sidebar, onto which titles may be dropped if it takes any.
T.AbstractButton {
    id: item
    property string symbol: ""
    property bool current: false
    property bool takes: true
    signal taken(var media)

    implicitHeight: Theme.target
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Link
    Accessible.name: text
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
        Icon { id: mark; x: 16; anchors.verticalCenter: parent.verticalCenter; name: item.symbol; size: 16; color: Theme.secondary }
        Label {
            anchors { left: mark.right; leftMargin: 14; right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
            text: item.text
            color: item.current || item.hovered ? Theme.text : Theme.secondary
        }
    }
    DropArea {
        id: drop
        anchors.fill: parent
        enabled: item.takes
        keys: ["marea/titles"]
        onDropped: (event) => { item.taken(event.source.media); event.accept() }
    }
}
