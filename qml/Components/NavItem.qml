import QtQuick
import QtQuick.Templates as T
import Marea

// One entry of the sidebar.
T.AbstractButton {
    id: item
    property string iconName: ""
    property bool current: false
    property bool compact: false
    property int badge: 0      // how many things wait there

    implicitHeight: 40
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Link
    Accessible.name: badge > 0 ? qsTr("%1, %n waiting", "", badge).arg(text) : text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    background: Rectangle {
        radius: Theme.radiusControl
        color: item.current ? Theme.control : item.hovered ? Theme.hover : "transparent"
        Rectangle {
            visible: item.current
            width: 3; height: 16; radius: 2
            x: 0
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.accent
        }
        FocusRing { shown: item.visualFocus; offset: 0 }
    }
    contentItem: Item {
        Icon {
            id: icon
            x: item.compact ? (parent.width - width) / 2 : 14
            anchors.verticalCenter: parent.verticalCenter
            name: item.iconName
            color: item.current ? Theme.accent : Theme.secondary
        }
        Label {
            visible: !item.compact
            anchors { left: icon.right; leftMargin: 12; right: number.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
            text: item.text
            color: item.current || item.hovered ? Theme.text : Theme.secondary
            weight: Font.Medium
        }
        Rectangle {
            id: number
            anchors { right: parent.right; rightMargin: item.compact ? 2 : 8; verticalCenter: parent.verticalCenter; verticalCenterOffset: item.compact ? -10 : 0 }
            visible: item.badge > 0
            width: visible ? Math.max(20, digits.implicitWidth + 12) : 0
            height: 20
            radius: 10
            color: Theme.accent
            Label { id: digits; anchors.centerIn: parent; text: item.badge > 99 ? "99+" : item.badge; color: Theme.accentInk; font.pixelSize: Theme.tiny; weight: Font.DemiBold }
        }
    }
    Loader {
        active: item.compact && (item.hovered || item.visualFocus)
        anchors.fill: parent
        sourceComponent: Tip { visible: true; text: item.text; x: item.width + 4; y: (item.height - height) / 2 }
    }
}
