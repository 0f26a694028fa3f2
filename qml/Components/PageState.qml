import QtQuick
import Marea
import Marea.App

// Waiting for a title, or what went wrong with it.
Item {
    id: state
    required property ItemViewModel item
    property int sideMargin: Theme.margin
    property real aspect: 1.5
    readonly property bool shown: item.title === ""
    anchors.fill: parent
    visible: shown
    Late {
        anchors { fill: parent; margins: state.sideMargin; topMargin: 16 }
        waiting: state.item.loading && state.shown
        sourceComponent: Item {
            Skeleton { id: plate; width: Math.min(232, parent.width * 0.4); height: width * state.aspect }
            Column {
                anchors { left: plate.right; leftMargin: 32; top: parent.top; topMargin: 24 }
                spacing: 16
                Skeleton { width: 320; height: 36; radius: 6 }
                Skeleton { width: 200; height: 16; radius: 4 }
                Skeleton { width: 140; height: 40; radius: 6 }
            }
        }
    }
    EmptyState {
        anchors.fill: parent
        visible: state.item.failed
        failed: true
        iconName: "circle-alert"
        text: state.item.errorText
        actionText: qsTr("Try again")
        onAction: state.item.reload()
    }
}
