import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// A film in a window of its own, small and above all others, while one looks around in the library. The player puts its
// picture into `spot`.
Window {
    id: small
    required property PlayerViewModel player
    readonly property alias spot: spot
    signal largeWanted()
    signal closed()

    width: 400
    height: 225
    minimumWidth: 240
    minimumHeight: 135
    transientParent: null   // it stays when the other is minimised
    flags: Qt.Window | Qt.WindowStaysOnTopHint | Qt.FramelessWindowHint
    title: player.title
    color: Theme.pictureBlack

    function begin() {
        x = screen.virtualX + screen.width - width - 24
        y = screen.virtualY + screen.height - height - 24
        show()
        requestActivate()
    }
    onClosing: closed()

    Item { id: spot; anchors.fill: parent }
    SmallControls {
        anchors.fill: parent
        focus: true
        player: small.player
        onLargeWanted: small.largeWanted()
        Keys.onPressed: (event) => {
            const act = small.player.actOf(event.key)
            if (act === "small" || act === "escape") small.largeWanted()
            else if (!small.player.act(act)) return
            event.accepted = true
        }
    }
}
