import QtQuick
import Marea
import Marea.App

// A password that was just made: shown this once, with the server's address as a code for the phone's camera.
Sheet {
    id: sheet
    required property AppContext app
    title: qsTr("Password for %1").arg(app.account.newFor)
    wide: 440
    closePolicy: Sheet.CloseOnEscape
    first: done
    onClosed: app.account.putAway()
    Label { width: parent.width; text: qsTr("It is shown this once. Type it into the app with your name and the server's address."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Field { width: parent.width; readOnly: true; text: sheet.app.account.newPassword; label: qsTr("Password"); font.pixelSize: Theme.body; onActiveFocusChanged: if (activeFocus) selectAll() }
    Column {
        width: parent.width
        spacing: 2
        Label { width: parent.width; text: qsTr("Name: %1").arg(sheet.app.session.username) }
        Label { width: parent.width; text: qsTr("Server: %1").arg(sheet.app.session.serverUrl) }
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 168; height: 168; radius: Theme.radiusControl
        color: Theme.pictureInk
        Image {
            anchors.centerIn: parent
            width: 156; height: 156
            smooth: false
            sourceSize: Qt.size(312, 312)
            source: sheet.app.session.serverUrl === "" ? "" : "image://qr/" + encodeURIComponent(sheet.app.session.serverUrl)
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("The server's address as a QR code")
        }
    }
    Label { visible: sheet.app.session.local; width: parent.width; text: qsTr("This address is of this computer alone. A phone needs the one that it has in your network."); color: Theme.warning; wrapMode: Text.Wrap; elide: Text.ElideNone }
    buttons: [ AppButton { id: done; primary: true; text: qsTr("Done"); onClicked: sheet.close() } ]
}
