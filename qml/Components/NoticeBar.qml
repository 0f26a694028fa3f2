import QtQuick
import Marea
import Marea.App

// What has just been done, at the foot of the page, and its undo.
Rectangle {
    id: bar
    required property Notices notices
    readonly property bool shown: notices.text !== ""

    width: Math.min(parent.width - 32, words.implicitWidth + (act.visible ? act.width + 8 : 0) + close.width + 32)
    height: Math.max(48, words.height + 20)
    radius: Theme.radiusCard
    color: Theme.raised
    border.width: 1
    border.color: notices.warning ? Theme.warning : Theme.line
    visible: opacity > 0
    opacity: shown ? 1 : 0
    Behavior on opacity { NumberAnimation { duration: Theme.quick; easing.type: Easing.OutQuad } }
    Accessible.role: Accessible.AlertMessage
    Accessible.name: notices.text

    HoverHandler { onHoveredChanged: bar.notices.hold(hovered) }
    Label {
        id: words
        anchors { left: parent.left; leftMargin: 16; right: act.visible ? act.left : close.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
        text: bar.notices.text
        wrapMode: Text.Wrap
        maximumLineCount: 3
        Accessible.ignored: true
    }
    AppButton {
        id: act
        anchors { right: close.left; rightMargin: 4; verticalCenter: parent.verticalCenter }
        visible: bar.notices.actionText !== ""
        quiet: true
        leftPadding: 12; rightPadding: 12
        text: bar.notices.actionText
        onClicked: bar.notices.act()
        onActiveFocusChanged: bar.notices.hold(activeFocus)
    }
    IconButton {
        id: close
        anchors { right: parent.right; rightMargin: 6; verticalCenter: parent.verticalCenter }
        iconName: "x"
        iconSize: 16
        color: Theme.secondary
        text: qsTr("Close")
        onClicked: bar.notices.dismiss()
    }
}
