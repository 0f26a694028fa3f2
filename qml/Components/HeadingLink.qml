import QtQuick
import QtQuick.Templates as T
import Marea

// A heading that opens something; plain text when disabled.
T.AbstractButton {
    id: link
    implicitHeight: 36
    implicitWidth: words.implicitWidth + 12 + (enabled ? 22 : 0)
    hoverEnabled: true
    focusPolicy: enabled ? Qt.StrongFocus : Qt.NoFocus
    Accessible.role: Accessible.Link
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    background: Item { FocusRing { shown: link.visualFocus; offset: 0 } }
    contentItem: Item {
        Label {
            id: words
            x: 6
            anchors.verticalCenter: parent.verticalCenter
            text: link.text
            font.pixelSize: Theme.heading
            weight: Font.DemiBold
            color: Theme.text
        }
        Icon {
            visible: link.enabled
            anchors { left: words.right; leftMargin: 4; verticalCenter: parent.verticalCenter; verticalCenterOffset: 1 }
            name: "chevron-right"
            size: 18
            color: link.hovered || link.visualFocus ? Theme.text : Theme.secondary
        }
    }
}
