import QtQuick
import Marea
import Marea.App

// Keeps a title on this computer: asks for the quality, then tells how far it is.
IconButton {
    id: button
    required property AppContext app
    required property ItemViewModel item
    property MediaModel list: null   // of an album: its tracks
    property bool music: false
    readonly property OfflineViewModel offline: app.offline
    readonly property string state_: list ? "" : (offline.revision, offline.stateOf(item.mediaId))
    readonly property var choices: state_ === "" ? offline.qualities(music) : [
        ...(["waiting", "preparing", "loading"].includes(state_) ? [{value: "pause", text: qsTr("Pause")}] : []),
        ...(["paused", "failed"].includes(state_) ? [{value: "resume", text: qsTr("Go on")}] : []),
        {value: "remove", text: state_ === "done" ? qsTr("Remove from this computer") : qsTr("Cancel")}
    ]

    width: 44; height: 44
    iconName: state_ === "done" ? "hard-drive" : "download"
    checked: state_ !== ""
    text: state_ === "" ? qsTr("Download") : (offline.revision, offline.statusOf(item.mediaId))
    onClicked: menu.openAt(button, false)
    ChoiceMenu {
        id: menu
        title: button.state_ === "" ? qsTr("Keep on this computer") : button.text
        choices: button.choices
        onChosen: (value) => {
            if (button.list) button.offline.downloadAll(button.list, value)
            else if (button.state_ === "") button.offline.download(button.item, value)
            else button.offline[value](button.item.mediaId)
        }
    }
    Rectangle {
        visible: button.state_ === "loading" || button.state_ === "preparing"
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 4 }
        height: 3; radius: 2
        color: Theme.track
        Rectangle { width: parent.width * Math.max(0, (button.offline.revision, button.offline.shareOf(button.item.mediaId))); height: 3; radius: 2; color: Theme.accent }
    }
}
