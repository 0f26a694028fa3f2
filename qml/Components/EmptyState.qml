import QtQuick
import Marea

// One sentence, one action; details behind "More".
FocusScope {
    id: state
    property string iconName: "waves"
    property string text: ""
    property string detail: ""
    property string actionText: ""
    property bool failed: false
    signal action()

    implicitHeight: column.implicitHeight
    implicitWidth: 420
    Column {
        id: column
        anchors.centerIn: parent
        width: Math.min(parent.width - 32, 420)
        spacing: 16
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 72; height: 72; radius: 36
            color: Theme.dark ? Theme.surface : Theme.control
            Icon { anchors.centerIn: parent; name: state.iconName; size: 32; color: state.failed ? Theme.warning : Theme.secondary }
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: state.text
            font.pixelSize: Theme.body
        }
        Label {
            width: parent.width
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: state.detail
            color: Theme.secondary
        }
        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: state.actionText !== ""
            focus: true
            text: state.actionText
            onClicked: state.action()
        }
    }
}
